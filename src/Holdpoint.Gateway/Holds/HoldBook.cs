using System.Collections.Concurrent;
using System.Collections.Immutable;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Wire;
using Holdpoint.Log;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// Every hold of this gateway: opened, approved or refused by people, released, ended. The store decides who was first: a step and its
/// record are one transaction, made only from the state that it starts in. Thread-safe.
/// </summary>
internal sealed partial class HoldBook
{
    // Each failed try means that somebody else took a step in between; steps of one hold are few.
    private const int MaxTries = 4;

    /// <summary>Longest chain of holds that is followed: a call, its answer, and every tool call that an answer can make.</summary>
    private const int MaxChain = 256;

    private readonly Store _store;
    private readonly RecordLog _records;
    private readonly ContentSeal _seal;
    private readonly HoldLimits _limits;
    private readonly TimeProvider _time;
    private readonly Action? _onNotice;
    private readonly HoldWaiters _waiters = new();
    private readonly ConcurrentDictionary<Hash, HoldId> _kept = new();

    // Beside the dictionary, whose own count locks: every call asks, and nearly always nothing is kept.
    private int _keptCount;

    private readonly ConcurrentDictionary<HoldId, byte> _releasing = new();

    private HoldBook(Store store, RecordLog records, ContentSeal seal, HoldLimits limits, TimeProvider time, Action? onNotice)
    {
        _store = store;
        _records = records;
        _seal = seal;
        _limits = limits;
        _time = time;
        _onNotice = onNotice;
    }

    /// <summary>Opens the book on what the store holds; what a crash left in the middle of a release is given back.</summary>
    /// <param name="store">The store.</param>
    /// <param name="records">The log.</param>
    /// <param name="seal">What content is encrypted with.</param>
    /// <param name="limits">How much may wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onNotice">Called when the store has a hold of which the webhook is to be told.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    /// <exception cref="RecordUnavailableException">The store cannot be written.</exception>
    public static async Task<HoldBook> OpenAsync(
        Store store, RecordLog records, ContentSeal seal, HoldLimits limits, TimeProvider time, Action? onNotice, CancellationToken cancellationToken)
    {
        var book = new HoldBook(store, records, seal, limits, time, onNotice);
        foreach (var hold in await store.ReadAsync(HoldTables.WithAnswer, cancellationToken))
        {
            book.Keep(hold);
        }

        await book.SweepAsync(cancellationToken);
        return book;
    }

    /// <summary>The hold as it is now; null when there is none of that id.</summary>
    public ValueTask<Hold?> FindAsync(HoldId id, CancellationToken cancellationToken) =>
        _store.ReadAsync(connection => HoldTables.Find(connection, id), cancellationToken);

    /// <summary>The hold that keeps an answer to an equal call, if one does.</summary>
    public HoldId? KeptFor(CallInProgress call) =>
        Volatile.Read(ref _keptCount) > 0 && _kept.TryGetValue(call.Binding.RequestDigest, out var id) ? id : null;

    /// <summary>Holds, newest first: those that have not ended, or all.</summary>
    public ValueTask<List<Hold>> NewestAsync(bool endedToo, int limit, CancellationToken cancellationToken) =>
        _store.ReadAsync(connection => HoldTables.Newest(connection, endedToo, limit), cancellationToken);

    /// <summary>What a hold is about; null once it has ended, or when it cannot be read.</summary>
    public ValueTask<HoldContent?> ContentAsync(HoldId id, CancellationToken cancellationToken) =>
        _store.ReadAsync(connection => HoldContent.Read(connection, _seal, id), cancellationToken);

    /// <summary>The hold with the approvals of it that hold now, under this configuration.</summary>
    public async ValueTask<HoldStanding> StandingAsync(Hold hold, ActiveConfiguration active, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var taken = await _store.ReadAsync(connection => HoldTables.Approvals(connection, hold.Id), cancellationToken);
        return new(hold, [.. taken.Where(approval => ApprovalRules.Verify(hold, approval.Envelope, active, now).Statement is not null)]);
    }

    /// <summary>The hold and those under which it came about, newest first.</summary>
    public async ValueTask<ImmutableArray<HoldStanding>> ChainAsync(HoldStanding first, ActiveConfiguration active, CancellationToken cancellationToken)
    {
        List<HoldStanding> chain = [first];
        while (chain[^1].Hold.Parent is { } parent && chain.Count < MaxChain && await FindAsync(parent, cancellationToken) is { } hold)
        {
            chain.Add(await StandingAsync(hold, active, cancellationToken));
        }

        return [.. chain];
    }

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

    /// <summary>Takes a signed approval or refusal.</summary>
    /// <returns>How the hold stands then, with the record; or why it does not count.</returns>
    /// <exception cref="RecordUnavailableException">It could not be made durable and does not count.</exception>
    public async Task<(HoldStanding? Standing, long Record, WireFault? Fault)> TakeAsync(
        CallInProgress reviewing, HoldId id, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var now = _time.GetUtcNow();
            if (await FindAsync(id, cancellationToken) is not { } hold)
            {
                return (null, 0, HoldCauses.NoSuchHold);
            }

            if (HoldCauses.Of(hold, now) is { } ended)
            {
                return (null, 0, ended);
            }

            var (statement, fault) = ApprovalRules.Verify(hold, envelope, reviewing.Active, now);
            if (statement is null)
            {
                return (null, 0, fault);
            }

            var (approval, person, bytes) = ((Approval)statement.Predicate, statement.Issuer.Person!, envelope.ToArray());
            var taken = await _store.ReadAsync(connection => HoldTables.Approvals(connection, id), cancellationToken);
            var standing = await StandingAsync(hold, reviewing.Active, cancellationToken);
            var step = StepOf(hold, approval.IsApproved ? HoldStep.Approved : HoldStep.Refused) with
            {
                Deployment = reviewing.Client.Deployment,
                Principal = reviewing.Client.Principal,
                Evidence = [statement.Id.ToString()],
                Status = StatusCodes.Status201Created,
            };
            if (!approval.IsApproved)
            {
                // Whoever could approve can refuse, also after having approved: that only tightens.
                if (await _records.AppendWithAsync(
                    step,
                    (connection, _) => HoldTables.IsOpen(connection, id, now)
                        && HoldTables.InsertApproval(connection, id, statement.Id, person, seat: null, bytes)
                        && HoldTables.Move(connection, id, HoldState.Open, HoldState.Refused)) is { } refused)
                {
                    Ended(hold);
                    return (standing with { Hold = hold with { State = HoldState.Refused } }, refused, null);
                }

                continue;
            }

            if (standing.Approvals.Any(other => other.Person == person))
            {
                return (null, 0, HoldCauses.Repeated);
            }

            if (!standing.Missing.Any(free => free.Kind == approval.Seat))
            {
                return (null, 0, HoldCauses.SeatFilled);
            }

            var seat = standing.Missing.First(free => free.Kind == approval.Seat);
            var dead = taken.Where(other => !standing.Approvals.Any(live => live.Id == other.Id)).ToList();
            if (await _records.AppendWithAsync(
                step with { Seats = [seat.ToString()] },
                (connection, _) =>
                {
                    dead.ForEach(other => HoldTables.DeleteApproval(connection, other.Id));
                    return HoldTables.IsOpen(connection, id, now) && HoldTables.InsertApproval(connection, id, statement.Id, person, seat, bytes);
                }) is { } filled)
            {
                _waiters.Wake(id);
                return (standing with { Approvals = standing.Approvals.Add(new(statement.Id, person, seat, bytes)) }, filled, null);
            }
        }

        return (null, 0, HoldCauses.Releasing);
    }

    /// <summary>Lets this request, and no other, release the hold; the record of the decision that permits it is then durable.</summary>
    /// <returns>The record's index; null when somebody else was first, or it ended meanwhile.</returns>
    public async Task<long?> ClaimAsync(HoldRelease release, RecordDraft decision)
    {
        var id = release.Hold.Id;
        var now = _time.GetUtcNow();

        // First, so that the sweep never takes a release that begins for one that a crash left behind.
        if (!_releasing.TryAdd(id, 0))
        {
            return null;
        }

        long? record = null;
        try
        {
            record = await _records.AppendWithAsync(
                decision with
                {
                    Hold = id.ToString(),
                    Step = HoldStep.Released,
                    Seats = [.. release.Filled.Select(seat => seat.ToString())],
                    About = release.Hold.Record,
                },
                (connection, _) => HoldTables.IsOpen(connection, id, now) && HoldTables.Move(connection, id, HoldState.Open, HoldState.Releasing));
            release.IsClaimed = record is not null;
            return record;
        }
        finally
        {
            if (record is null)
            {
                _releasing.TryRemove(id, out _);
            }
        }
    }

    /// <summary>Uses the approvals up: what was approved is about to happen.</summary>
    /// <exception cref="RecordUnavailableException">It could not be made durable: it must not happen.</exception>
    public async Task UseAsync(HoldRelease release)
    {
        if (!release.IsClaimed || release.IsUsed)
        {
            return;
        }

        if (await _records.AppendWithAsync(
            StepOf(release.Hold, HoldStep.Used),
            (connection, _) => HoldTables.Move(connection, release.Hold.Id, HoldState.Releasing, HoldState.Used)) is null)
        {
            throw new RecordUnavailableException(RecordFault.StoreFailed);
        }

        release.IsUsed = true;
        Ended(release.Hold);
    }

    /// <summary>Gives the approvals back when nothing came of the release; does nothing when they were used.</summary>
    public async Task GiveBackAsync(HoldRelease release, string? cause)
    {
        if (!release.IsClaimed || release.IsUsed)
        {
            return;
        }

        release.IsClaimed = false;
        try
        {
            await ReturnAsync(release.Hold, cause);
        }
        catch (RecordUnavailableException)
        {
            // The store is down, and tells that itself. From here nobody releases it, so the sweep gives it back once it can.
            _releasing.TryRemove(release.Hold.Id, out _);
        }
    }

    /// <summary>Completes at the next step of the hold. Taken before its state is read.</summary>
    public Task NextStep(HoldId id) => _waiters.Next(id);

    /// <summary>Records that a reviewer was shown what a hold is about.</summary>
    public Task<long> SeenAsync(CallInProgress reviewing, Hold hold) => _records.AppendAsync(
        StepOf(hold, HoldStep.Seen) with
        {
            Deployment = reviewing.Client.Deployment,
            Principal = reviewing.Client.Principal,
            Status = StatusCodes.Status200OK,
        },
        CancellationToken.None);

    /// <summary>Ends what is overdue, and gives back what nobody releases any more.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        const int Most = 1_000;
        var now = _time.GetUtcNow();
        foreach (var hold in await _store.ReadAsync(connection => HoldTables.Overdue(connection, now, Most), cancellationToken))
        {
            await ExpireAsync(hold);
        }

        foreach (var hold in await _store.ReadAsync(HoldTables.Releasing, cancellationToken))
        {
            if (!_releasing.ContainsKey(hold.Id))
            {
                await ReturnAsync(hold, cause: null);
            }
        }
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
        var (ofPrincipal, all, contentBytes) = HoldTables.Load(connection, hold.Deployment, hold.Principal);
        isFull = ofPrincipal >= _limits.OpenPerPrincipal || all >= _limits.Open || contentBytes + bytes > _limits.ContentBytes;
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

    private async Task ExpireAsync(Hold hold)
    {
        if (await _records.AppendWithAsync(
            StepOf(hold, HoldStep.Expired),
            (connection, _) => HoldTables.Move(connection, hold.Id, HoldState.Open, HoldState.Expired)) is not null)
        {
            Ended(hold);
        }
    }

    private async Task ReturnAsync(Hold hold, string? cause)
    {
        await _records.AppendWithAsync(
            StepOf(hold, HoldStep.Returned) with { Cause = cause },
            (connection, _) => HoldTables.Move(connection, hold.Id, HoldState.Releasing, HoldState.Open));
        _releasing.TryRemove(hold.Id, out _);
        _waiters.Wake(hold.Id);
    }

    // An equal call meets one kept answer; if there are two, because two such calls raced, the other waits under its id alone.
    private void Keep(Hold hold)
    {
        if (_kept.TryAdd(hold.Call, hold.Id))
        {
            Interlocked.Increment(ref _keptCount);
        }
    }

    private void Ended(Hold hold)
    {
        _releasing.TryRemove(hold.Id, out _);
        if (_kept.TryRemove(new(hold.Call, hold.Id)))
        {
            Interlocked.Decrement(ref _keptCount);
        }

        _waiters.Wake(hold.Id);
    }

    private static RecordDraft StepOf(Hold hold, HoldStep step) => new()
    {
        Kind = RecordKind.Hold,
        Bundle = hold.Bundle,
        Hold = hold.Id.ToString(),
        Step = step,
        About = hold.Record,
    };
}
