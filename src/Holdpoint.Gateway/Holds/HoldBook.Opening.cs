using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Holds;

internal sealed partial class HoldBook
{
    /// <summary>Opens a hold, or joins the one that an equal request opened. Its record, and the hold with its content, are then durable.</summary>
    /// <param name="call">The call that is held, or whose answer is.</param>
    /// <param name="pending">The decision.</param>
    /// <param name="answer">The answer to keep; null for what has not been sent to a model.</param>
    /// <exception cref="RecordUnavailableException">Nothing was written.</exception>
    public async Task<Refusal> OpenAsync(CallInProgress call, PendingHold pending, KeptAnswer? answer)
    {
        var isFull = false;
        var isToBeTold = call.Active.Settings.Webhook is not null;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var hold = Draft(call, pending, answer);
            if (await LiveAsync(hold) is { } live && (live.Id != call.Release?.Hold.Id || live.Id == pending.Insufficient))
            {
                var joined = await _records.AppendAsync(pending.Draft with { Hold = live.Id.ToString(), Step = HoldStep.Joined }, CancellationToken.None);
                return new Refusal.ByHold(live, pending.Decision.Reasons, joined);
            }

            var under = call.Release is { IsClaimed: true, IsUsed: false } release ? release : null;
            var pieces = new HoldContent(call.Body!.Bytes, call.Claims, pending.Effect?.Arguments, answer).Seal(_seal, hold.Id);
            var bytes = pieces.Sum(piece => piece.Sealed.Length);
            var record = await _records.AppendWithAsync(
                pending.Draft with { Hold = hold.Id.ToString(), Step = HoldStep.Opened },
                (connection, index) => TryInsert(connection, hold, index, pieces, bytes, under?.Hold.Id, isToBeTold, out isFull),
                bytes);
            if (record is not { } opened)
            {
                if (isFull)
                {
                    return HoldCauses.Full;
                }

                continue;
            }

            if (under is not null)
            {
                // What it was approved for has come about: an answer, which now waits by itself.
                under.IsUsed = true;
                Ended(under.Hold);
                _ = _records.TryAppend(StepOf(under.Hold, HoldStep.Used));
            }

            hold = hold with { Record = opened };
            if (hold.HasAnswer)
            {
                Keep(hold);
            }

            if (isToBeTold)
            {
                _onNotice?.Invoke();
            }

            return new Refusal.ByHold(hold, pending.Decision.Reasons, opened);
        }

        throw new RecordUnavailableException(RecordFault.StoreFailed);
    }

    /// <summary>Records that a call met a hold that is not approved, or that it did not name.</summary>
    public async ValueTask<Refusal> JoinAsync(CallInProgress call, Hold hold)
    {
        var agreement = call.Active.Agreement;
        var record = await _records.AppendAsync(
            call.OpeningDraft() with
            {
                Bundle = hold.Bundle,
                Verdict = RecordedVerdict.Hold,
                Clauses = hold.Clauses,
                Needs = [.. hold.Needs.Select(seat => seat.ToString())],
                Hold = hold.Id.ToString(),
                Step = HoldStep.Joined,
                About = hold.Record,
            },
            CancellationToken.None);
        return new Refusal.ByHold(
            hold, [.. agreement.Clauses.Concat(agreement.RedLines).Where(clause => hold.Clauses.Contains(clause.Id.ToString()))], record);
    }

    private async ValueTask<Hold?> LiveAsync(Hold wanted)
    {
        var live = await _store.ReadAsync(connection => HoldTables.FindLive(connection, wanted.Request, wanted.Needs), CancellationToken.None);
        if (live is { State: HoldState.Open } && !live.IsOpenAt(_time.GetUtcNow()))
        {
            await ExpireAsync(live);
            return null;
        }

        return live;
    }

    private Hold Draft(CallInProgress call, PendingHold pending, KeptAnswer? answer)
    {
        var id = HoldId.Create();
        var now = _time.GetUtcNow();
        var binding = call.Binding with
        {
            Kind = HoldWords.Of(pending.Kind),
            Effect = pending.Effect is { } effect ? new(effect.Name, Hash.Of(effect.Arguments.Span)) : null,
        };

        // What is signed names the very answer that is kept; what makes requests equal does not, for a model never says the same twice.
        var bound = answer is null ? binding : binding with { Answer = Hash.Of(answer.Body.Span) };
        return new()
        {
            Id = id,
            Kind = pending.Kind,
            State = HoldState.Open,
            Request = binding.RequestDigest,
            Call = call.Binding.RequestDigest,
            Digest = bound.DigestFor(id.ToString()),
            Binding = bound.ToJson(id.ToString()),
            Needs = pending.Needs,
            Clauses = [.. pending.Decision.Reasons.Select(clause => clause.Id.ToString())],
            Deployment = call.Client.Deployment,
            Principal = call.Client.Principal,
            Person = call.Client.Person,
            Endpoint = binding.Endpoint,
            Model = call.Route?.Model,
            Tool = pending.Effect?.Name,
            Bundle = call.Active.Decider.Bundle,
            Record = 0,
            Opened = now,
            Expires = now.AddMinutes(call.Active.Agreement.Limits.HoldMinutes),
            Parent = pending.Kind == HoldKind.Call ? null : call.Release?.Hold.Id,
            HasAnswer = answer is not null,
        };
    }

    // On the writer's thread.
    private bool TryInsert(
        StoreConnection connection, Hold hold, long record, List<(string Name, byte[] Sealed)> pieces, long bytes, HoldId? under, bool isToBeTold, out bool isFull)
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

        if (isToBeTold)
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
