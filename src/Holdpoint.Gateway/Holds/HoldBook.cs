using System.Collections.Concurrent;
using System.Collections.Immutable;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Wire;

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

    // Counted separately: every call checks it, and ConcurrentDictionary.Count takes all its locks.
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
        Store store, RecordLog records, ContentSeal seal, HoldLimits limits,
        TimeProvider time, Action? onNotice, CancellationToken cancellationToken)
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
    private HoldId? KeptFor(HoldRequest request) =>
        Volatile.Read(ref _keptCount) > 0 && _kept.TryGetValue(request.Binding.RequestDigest, out var id) ? id : null;

    /// <summary>Holds, newest first: those that have not ended, or all.</summary>
    public ValueTask<List<Hold>> NewestAsync(bool endedToo, int limit, CancellationToken cancellationToken) =>
        _store.ReadAsync(connection => HoldTables.Newest(connection, endedToo, limit), cancellationToken);

    /// <summary>The content of a hold; null once the hold has ended, or when the content cannot be read.</summary>
    public ValueTask<HoldContent?> ContentAsync(HoldId id, CancellationToken cancellationToken) =>
        _store.ReadAsync(connection => HoldContent.Read(connection, _seal, id), cancellationToken);

    /// <summary>The hold with its approvals that are valid now, under this bundle.</summary>
    public async ValueTask<HoldStanding> StandingAsync(Hold hold, ActiveBundle bundle, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var taken = await _store.ReadAsync(connection => HoldTables.Approvals(connection, hold.Id), cancellationToken);
        return new(hold, [.. taken.Where(approval => ApprovalRules.Verify(hold, approval.Envelope, bundle, now).Statement is not null)]);
    }

    /// <summary>The hold and those under which it came about, newest first.</summary>
    public async ValueTask<ImmutableArray<HoldStanding>> ChainAsync(
        HoldStanding first, ActiveBundle bundle, CancellationToken cancellationToken)
    {
        List<HoldStanding> chain = [first];
        while (chain[^1].Hold.Parent is { } parent && chain.Count < MaxChain && await FindAsync(parent, cancellationToken) is { } hold)
        {
            chain.Add(await StandingAsync(hold, bundle, cancellationToken));
        }

        return [.. chain];
    }

    /// <summary>Records that a reviewer was shown what a hold is about.</summary>
    public Task<long> SeenAsync(Reviewer reviewer, Hold hold) => _records.AppendAsync(
        StepOf(hold, HoldStep.Seen) with
        {
            Deployment = reviewer.Client.Deployment,
            Principal = reviewer.Client.Principal,
            Status = HttpStatus.Ok,
            Relies = reviewer.Relies,
        });

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
