using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Holds;

internal sealed partial class HoldBook
{
    /// <summary>
    /// Opens a hold, or joins the one that an equal request opened. Its record, and the hold with its content, are then durable.
    /// </summary>
    /// <param name="request">The request that is held, or whose answer is.</param>
    /// <param name="pending">The decision.</param>
    /// <param name="release">What the request was made under; null when it was made under no approved hold.</param>
    /// <param name="answer">The answer to keep; null for what has not been sent to a model.</param>
    /// <returns>Held, or why nothing can be held.</returns>
    /// <exception cref="RecordUnavailableException">Nothing was written.</exception>
    public async Task<HoldOutcome> OpenAsync(HoldRequest request, PendingHold pending, HoldRelease? release, KeptAnswer? answer = null)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var hold = Draft(request, pending, release, answer);
            if (await LiveAsync(hold) is { } live && (live.Id != release?.Hold.Id || live.Id == pending.Insufficient))
            {
                return await JoinAsync(live, pending);
            }

            var under = release is { State: ReleaseState.Claimed } ? release : null;
            var (record, isFull) = await TryOpenAsync(request, hold, pending, under, answer);
            if (isFull)
            {
                return HoldFaults.Full;
            }

            if (record is { } opened)
            {
                return Opened(hold with { Record = opened }, pending, under, request.IsNotified);
            }
        }

        throw new RecordUnavailableException(RecordFault.StoreFailed);
    }

    /// <summary>Records that a request met a hold that is not approved, or that it did not name.</summary>
    private async ValueTask<HoldOutcome> JoinAsync(HoldRequest request, Hold hold, RecordDraft opening)
    {
        var record = await _records.AppendAsync(opening with
        {
            Bundle = hold.Bundle,
            Verdict = RecordedVerdict.Hold,
            Clauses = hold.Clauses,
            Needs = [.. hold.Needs.Select(seat => seat.ToString())],
            Hold = hold.Id.ToString(),
            Step = HoldStep.Joined,
            About = hold.Record,
        });
        return new HoldOutcome.Held(hold, [.. request.Bundle.Named(hold.Clauses)], record);
    }

    /// <summary>Records that a decision to hold met a hold of an equal request.</summary>
    private async Task<HoldOutcome> JoinAsync(Hold live, PendingHold pending)
    {
        var joined = await _records.AppendAsync(pending.Draft with { Hold = live.Id.ToString(), Step = HoldStep.Joined });
        return new HoldOutcome.Held(live, pending.Decision.Reasons, joined);
    }

    /// <returns>The record's index, null when somebody took a step in between; and whether too much waits already.</returns>
    private async Task<(long? Record, bool IsFull)> TryOpenAsync(
        HoldRequest request, Hold hold, PendingHold pending, HoldRelease? under, KeptAnswer? answer)
    {
        var isFull = false;
        var content = new HoldContent(request.Request.Body, request.Request.ClaimsUtf8, pending.Effect?.Arguments, answer);
        var pieces = content.Seal(_seal, hold.Id);
        var bytes = pieces.Sum(piece => piece.Sealed.Length);
        var record = await _records.AppendWithAsync(
            pending.Draft with { Hold = hold.Id.ToString(), Step = HoldStep.Opened },
            (connection, index) => TryInsert(
                connection, hold, index, pieces, bytes, under?.Hold.Id, request.IsNotified, out isFull),
            bytes);
        return (record, isFull && record is null);
    }

    private HoldOutcome.Held Opened(Hold hold, PendingHold pending, HoldRelease? under, bool isNotified)
    {
        if (under is not null)
        {
            // The approved request produced an answer, which is now held itself.
            under.Become(ReleaseState.Used);
            Ended(under.Hold);
            _ = _records.TryAppend(StepOf(under.Hold, HoldStep.Used));
        }

        if (hold.HasAnswer)
        {
            Keep(hold);
        }

        if (isNotified)
        {
            _onNotice?.Invoke();
        }

        return new HoldOutcome.Held(hold, pending.Decision.Reasons, hold.Record);
    }

    private async ValueTask<Hold?> LiveAsync(Hold wanted)
    {
        var live = await _store.ReadAsync(
            connection => HoldTables.FindLive(connection, wanted.Request, wanted.Needs), CancellationToken.None);
        if (live is { State: HoldState.Open } && !live.IsOpenAt(_time.GetUtcNow()))
        {
            await ExpireAsync(live);
            return null;
        }

        return live;
    }

    private Hold Draft(HoldRequest request, PendingHold pending, HoldRelease? release, KeptAnswer? answer)
    {
        var (client, agreement) = (request.Request.Client, request.Bundle.Agreement);
        var id = HoldId.Create();
        var now = _time.GetUtcNow();
        var binding = request.BindingOf(pending.Kind, pending.Effect);

        // What is signed names the very answer that is kept; what makes requests equal does not, for a model never says the same twice.
        // Nor does it name who answered, for the next equal request may be answered by somebody else.
        var bound = answer is not { Head.From: { } from }
            ? binding
            : binding with { Answer = Hash.Of(answer.Body.Span), Provider = from.Provider, Upstream = from.Upstream };
        return new()
        {
            Id = id,
            Kind = pending.Kind,
            State = HoldState.Open,
            Request = binding.RequestDigest,
            Call = request.Binding.RequestDigest,
            Digest = bound.DigestFor(id.ToString()),
            Binding = bound.ToJson(id.ToString()),
            Needs = pending.Needs,
            Clauses = [.. pending.Decision.Reasons.Select(clause => clause.Id.ToString())],
            Deployment = client.Deployment,
            Principal = client.Principal,
            Person = client.Person,
            Endpoint = binding.Endpoint,
            Model = pending.Draft.Model,
            Tool = pending.Effect?.Name,
            Bundle = request.Bundle.Digest,
            Record = 0,
            Opened = now,
            Expires = now.AddMinutes(agreement.Limits.HoldMinutes),
            Parent = pending.Kind == HoldKind.Call ? null : release?.Hold.Id,
            HasAnswer = answer is not null,
        };
    }

    // On the writer's thread.
    private bool TryInsert(
        StoreConnection connection,
        Hold hold,
        long record,
        List<(string Name, byte[] Sealed)> pieces,
        long bytes,
        HoldId? under,
        bool isNotified,
        out bool isFull)
    {
        var load = HoldTables.Load(connection, hold.Deployment, hold.Principal);
        isFull = load.OfPrincipal >= _limits.OpenPerPrincipal
            || load.All >= _limits.Open
            || load.BytesOfPrincipal + bytes > _limits.ContentBytesPerPrincipal
            || load.Bytes + bytes > _limits.ContentBytes;
        if (isFull
            || (under is { } parent && !HoldTables.Move(connection, parent, HoldState.Releasing, HoldState.Used))
            || !HoldTables.Insert(connection, hold, record, bytes))
        {
            return false;
        }

        foreach (var (name, piece) in pieces)
        {
            HoldTables.InsertContent(connection, hold.Id, name, piece);
        }

        if (isNotified)
        {
            HoldTables.InsertNotice(connection, hold.Id);
        }

        return true;
    }

    // An equal call meets one kept answer; if there are two, because two such calls raced, the other waits under its id alone.
    private void Keep(Hold hold)
    {
        if (_kept.TryAdd(hold.Call, hold.Id))
        {
            Interlocked.Increment(ref _keptCount);
        }
    }
}
