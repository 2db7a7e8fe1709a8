using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Holds;

internal sealed partial class HoldBook
{
    /// <summary>
    /// The time between two signs of life to a client whose answer has begun. 15 s: proxies commonly cut what is silent for 30 or 60 s.
    /// </summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Finds the hold that a request is made under, or that keeps an answer to an equal one, and what people approved.</summary>
    /// <param name="request">The request.</param>
    /// <param name="named">The hold that the client names; null when it names none.</param>
    /// <param name="opening">The request's own record, apart from a decision: for a request that has to wait.</param>
    /// <param name="cancellationToken">The client left.</param>
    /// <returns>Free or approved when the request may be decided; else why it goes no further.</returns>
    public async ValueTask<HoldOutcome> MeetAsync(
        HoldRequest request, HoldId? named, RecordDraft opening, CancellationToken cancellationToken)
    {
        if ((named ?? KeptFor(request)) is not { } id)
        {
            return HoldOutcome.Free.Instance;
        }

        var isNamed = named is not null;
        var client = request.Request.Client;
        var hold = await FindAsync(id, cancellationToken);
        if (hold is null || hold.Deployment != client.Deployment || hold.Principal != client.Principal)
        {
            return isNamed ? HoldFaults.Unknown : HoldOutcome.Free.Instance;
        }

        if (hold.Call != request.Binding.RequestDigest)
        {
            return HoldFaults.Mismatch;
        }

        if (HoldFaults.Of(hold, _time.GetUtcNow()) is { } ended)
        {
            return isNamed ? ended : HoldOutcome.Free.Instance;
        }

        var standing = await StandingAsync(hold, request.Bundle, cancellationToken);
        if (!standing.IsApproved || !isNamed)
        {
            return await JoinAsync(request, hold, opening);
        }

        var answer = hold.HasAnswer ? (await ContentAsync(id, cancellationToken))?.Answer : null;
        return hold.HasAnswer && answer is null
            ? HoldFaults.Lost
            : new HoldOutcome.Approved(new(
                this, await ChainAsync(standing, request.Bundle, cancellationToken), answer, request.Request.Relies));
    }

    /// <summary>Waits until people have decided a hold, or a request no longer waits for them.</summary>
    /// <param name="held">The hold.</param>
    /// <param name="bundle">What approvals of it are verified under.</param>
    /// <param name="until">When the client stops waiting.</param>
    /// <param name="beat">Tells the client, now and then, that the connection lives.</param>
    /// <param name="cancellationToken">The client left; the hold stays open.</param>
    /// <returns>Free when the hold is approved and the request can be made under it; else what the client is told.</returns>
    public async ValueTask<HoldOutcome> WaitAsync(
        HoldOutcome.Held held, ActiveBundle bundle, DateTimeOffset until, Func<ValueTask> beat, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the state is read, so that no step between the two is missed.
            var next = _waiters.Next(held.Hold.Id);
            var hold = await FindAsync(held.Hold.Id, cancellationToken);
            var now = _time.GetUtcNow();
            if (EndOf(hold, now) is { } ended)
            {
                // No further step will complete this waiter, so complete it here.
                _waiters.Wake(held.Hold.Id);
                return ended;
            }

            if (hold!.State == HoldState.Open && (await StandingAsync(hold, bundle, cancellationToken)).IsApproved)
            {
                return HoldOutcome.Free.Instance;
            }

            var left = (until < hold.Expires ? until : hold.Expires) - now;
            if (left <= TimeSpan.Zero)
            {
                return held;
            }

            try
            {
                await next.WaitAsync(left < Beat ? left : Beat, _time, cancellationToken);
            }
            catch (TimeoutException)
            {
                await beat();
            }
        }
    }

    // One that another request is releasing may come back.
    private static Fault? EndOf(Hold? hold, DateTimeOffset now) =>
        hold is null ? HoldFaults.Unknown
        : hold.State == HoldState.Releasing ? null
        : HoldFaults.Of(hold, now);
}
