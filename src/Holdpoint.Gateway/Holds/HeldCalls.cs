using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;

namespace Holdpoint.Gateway.Holds;

/// <summary>Holds on the way of a call: made under one, met by one, kept waiting by one. Thread-safe.</summary>
internal sealed class HeldCalls(HoldBook book, TimeProvider time)
{
    /// <summary>
    /// How often a client whose answer has begun is told that the connection lives. 15 s: proxies commonly cut what is silent for 30 or 60.
    /// </summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Finds the hold that the call is made under, and what people approved. Sets <see cref="CallInProgress.Release"/>.</summary>
    /// <returns>Null when the call may be decided; else why it goes no further.</returns>
    public async ValueTask<Refusal?> MeetAsync(CallInProgress call, CancellationToken cancellationToken)
    {
        call.Release = null;
        if ((call.Hold ?? book.KeptFor(call)) is not { } id)
        {
            return null;
        }

        var isNamed = call.Hold is not null;
        var hold = await book.FindAsync(id, cancellationToken);
        if (hold is null || hold.Deployment != call.Client.Deployment || hold.Principal != call.Client.Principal)
        {
            return isNamed ? new Refusal.ByFault(HoldCauses.Unknown) : null;
        }

        if (hold.Call != call.Binding.RequestDigest)
        {
            return HoldCauses.Mismatch;
        }

        if (HoldCauses.Of(hold, time.GetUtcNow()) is { } ended)
        {
            return isNamed ? new Refusal.ByFault(ended) : null;
        }

        var standing = await book.StandingAsync(hold, call.Active, cancellationToken);
        if (!standing.IsApproved || !isNamed)
        {
            return await book.JoinAsync(call, hold);
        }

        var answer = hold.HasAnswer ? (await book.ContentAsync(id, cancellationToken))?.Answer : null;
        if (hold.HasAnswer && answer is null)
        {
            return HoldCauses.Lost;
        }

        call.Release = new(await book.ChainAsync(standing, call.Active, cancellationToken), answer);
        return null;
    }

    /// <summary>Waits as long as the call asked for until people have decided.</summary>
    /// <param name="call">The call.</param>
    /// <param name="held">What it was answered.</param>
    /// <param name="beat">Tells the client, now and then, that the connection lives.</param>
    /// <param name="cancellationToken">The client left; the hold stays open.</param>
    /// <returns>Null when the hold is approved and the call can be made under it; else what the client is answered.</returns>
    public async ValueTask<Refusal?> WaitAsync(CallInProgress call, Refusal.ByHold held, Func<ValueTask> beat, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = book.NextStep(held.Hold.Id);
            if (await book.FindAsync(held.Hold.Id, cancellationToken) is not { } hold)
            {
                book.LeaveEnded(held.Hold.Id);
                return HoldCauses.Unknown;
            }

            var now = time.GetUtcNow();
            if (hold.State != HoldState.Releasing && HoldCauses.Of(hold, now) is { } ended)
            {
                book.LeaveEnded(hold.Id);
                return ended;
            }

            if (hold.State == HoldState.Open && (await book.StandingAsync(hold, call.Active, cancellationToken)).IsApproved)
            {
                return null;
            }

            var left = (call.WaitsUntil < hold.Expires ? call.WaitsUntil!.Value : hold.Expires) - now;
            if (left <= TimeSpan.Zero)
            {
                return held;
            }

            try
            {
                await next.WaitAsync(left < Beat ? left : Beat, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                await beat();
            }
        }
    }

    /// <summary>Opens or joins the hold of a decision.</summary>
    public Task<Refusal> OpenAsync(CallInProgress call, PendingHold pending, KeptAnswer? answer = null) => book.OpenAsync(call, pending, answer);

    /// <summary>Makes the call the one that releases its hold, and records the decision that permits it.</summary>
    /// <returns>Null when it is; else why not.</returns>
    public async Task<Refusal?> ClaimAsync(CallInProgress call, RecordDraft decision)
    {
        call.Decided = await book.ClaimAsync(call.Release!, decision);
        if (call.Decided is not null)
        {
            return null;
        }

        var hold = await book.FindAsync(call.Release!.Hold.Id, CancellationToken.None);
        return hold is null ? HoldCauses.Unknown : HoldCauses.Of(hold, time.GetUtcNow()) ?? HoldCauses.Releasing;
    }

    /// <summary>Uses the approvals up, if the call is made under some: its answer is about to leave.</summary>
    public Task UseAsync(CallInProgress call) => call.Release is { } release ? book.UseAsync(release) : Task.CompletedTask;

    /// <summary>Gives the approvals back, if nothing came of them. To be called however the call ended.</summary>
    public Task GiveBackAsync(CallInProgress call, Refusal? ended) => call.Release is { } release
        ? book.GiveBackAsync(release, (ended as Refusal.ByFault)?.Fault.Cause)
        : Task.CompletedTask;
}
