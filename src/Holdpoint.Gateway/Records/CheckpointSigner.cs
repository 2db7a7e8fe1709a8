using System.Diagnostics;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Tree;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// Signs the log's tree heads: once a second while there are new records, and at once when a receipt is asked for. What it signs is proved
/// consistent with what the guard remembers, then remembered, then shown, in that order. Thread-safe.
/// </summary>
internal sealed partial class CheckpointSigner : IAsyncDisposable
{
    /// <summary>
    /// The longest time that a record stays without a checkpoint when nobody asks. Each signature costs two syncs, so not more often.
    /// </summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Least time between two signatures, however many receipts are asked for.</summary>
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(20);

    private readonly Store _store;
    private readonly RecordLog _records;
    private readonly NoteSigner _signer;
    private readonly SignerGuard _guard;
    private readonly GuardCopy? _copy;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _demand = new(0);
    private int _demanded;
    private volatile bool _stopping;
    private volatile TaskCompletionSource _next = NewSignal();
    private volatile SignedCheckpoint _current = null!;
    private volatile string? _fault;
    private Task _running = Task.CompletedTask;

    private CheckpointSigner(Store store, RecordLog records, NoteSigner signer, SignerGuard guard, GuardCopy? copy, ILogger log)
    {
        _store = store;
        _records = records;
        _signer = signer;
        _guard = guard;
        _copy = copy;
        _log = log;
    }

    /// <summary>The newest checkpoint.</summary>
    public SignedCheckpoint Current => _current;

    /// <summary>The reason that nothing more is signed until the gateway is started again; null while signing works.</summary>
    public string? Fault => _fault;

    /// <summary>The key that verifies the checkpoints.</summary>
    public VerifierKey VerifierKey => _signer.VerifierKey;

    /// <summary>
    /// Holds the store against the guard and signs what is not signed yet. Must be opened before anything is appended to a new log: that
    /// is what tells a new log from one whose guard was lost.
    /// </summary>
    /// <param name="store">The store that the log is in.</param>
    /// <param name="records">The log.</param>
    /// <param name="signer">The log's key; its name is the origin. Stays the caller's.</param>
    /// <param name="guardPath">The guard file, outside the database's folder or at least its backups.</param>
    /// <param name="copy">What remembers the same elsewhere; null for none.</param>
    /// <param name="log">Where faults are told.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    /// <exception cref="StoreRefusedException">The store is not what this key has signed; the message says what to do.</exception>
    public static async Task<CheckpointSigner> OpenAsync(
        Store store, RecordLog records, NoteSigner signer, string guardPath, GuardCopy? copy,
        ILogger<CheckpointSigner>? log = null, CancellationToken cancellationToken = default)
    {
        var guard = SignerGuard.Open(guardPath, signer.VerifierKey);
        var opened = new CheckpointSigner(store, records, signer, guard, copy, log ?? NullLogger<CheckpointSigner>.Instance);
        try
        {
            if (guard.Last is not null || records.Size == 0)
            {
                guard.Learn(copy?.Read(signer.VerifierKey));
            }

            if (guard.Last is null)
            {
                if (records.Size > 0)
                {
                    throw new StoreRefusedException(
                        $"The store holds {records.Size} records, but there is no signer guard {guardPath} to say which of them this key "
                        + "has signed. Restore the guard; the newest checkpoint of this log that anybody kept will do.");
                }

                guard.Remember(opened.Sign(new TreeHead(0, MerkleTree.EmptyRoot)));
            }

            opened._current = guard.Last!;
            await opened.SignAsync(cancellationToken);
            copy?.Begin(opened._current);
        }
        catch
        {
            guard.Dispose();
            throw;
        }

        opened._running = Task.Run(opened.RunAsync, CancellationToken.None);
        return opened;
    }

    /// <summary>As above, with no second memory.</summary>
    /// <exception cref="StoreRefusedException">The store is not what this key has signed; the message says what to do.</exception>
    public static Task<CheckpointSigner> OpenAsync(
        Store store, RecordLog records, NoteSigner signer, string guardPath,
        ILogger<CheckpointSigner>? log = null, CancellationToken cancellationToken = default) =>
        OpenAsync(store, records, signer, guardPath, copy: null, log, cancellationToken);

    /// <summary>A checkpoint that covers the record, asking for one where there is none; null when it is not there in time.</summary>
    /// <param name="index">The record.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<SignedCheckpoint?> CoverAsync(long index, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var next = _next;
            if (Current is { } current && current.Size > index)
            {
                return current;
            }

            if (index >= _records.Size || Fault is not null || _running.IsCompleted)
            {
                return null;
            }

            Demand();

            // The next signature may be one that was begun before this record was written; then it takes one more.
            var left = patience - Stopwatch.GetElapsedTime(started);
            try
            {
                await next.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    /// <summary>Signs all that was appended, and gives up the guard. Call it before the store is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        Demand();
        await _running;
        _copy?.Flush();
        _guard.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Demand()
    {
        if (Interlocked.Exchange(ref _demanded, 1) == 0)
        {
            _demand.Release();
        }
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await _demand.WaitAsync(Interval, CancellationToken.None);

            // In this order, a stop is seen now or wakes the next round; and what was appended before it is in the last signature.
            Interlocked.Exchange(ref _demanded, 0);
            var stopping = _stopping;
            try
            {
                await SignAsync(CancellationToken.None);
            }
            catch (StoreUnavailableException e) when (e.Fault == StoreFault.Lost)
            {
                // The store has said so itself, once.
                _fault = e.Message;
                Signal();
                return;
            }
            catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
            {
                // The disk is full or away: nothing was shown, and the next round tries again.
                LogNotSigned(e);
            }
            catch (StoreRefusedException e)
            {
                _fault = e.Message;
                LogRefusedToSign(e);
                Signal();
                return;
            }

            if (stopping)
            {
                Signal();
                return;
            }

            await Task.Delay(LeastPause, CancellationToken.None);
        }
    }

    private async Task SignAsync(CancellationToken cancellationToken)
    {
        var head = await _records.HeadAsync(cancellationToken);
        var last = _guard.Last!;
        if (head.Size == last.Size && head.Root == last.Root)
        {
            return;
        }

        await RefuseInconsistentAsync(last, head, cancellationToken);
        var signed = Sign(head);
        _guard.Remember(signed);
        _copy?.Remember(signed);
        _current = signed;
        Signal();
    }

    private void Signal()
    {
        var waiting = _next;
        _next = NewSignal();
        waiting.SetResult();
    }

    private async Task RefuseInconsistentAsync(SignedCheckpoint last, TreeHead head, CancellationToken cancellationToken)
    {
        if (head.Size < last.Size)
        {
            throw new StoreRefusedException(
                $"The store holds {head.Size} records, but this key has signed a log of {last.Size}: it is an older copy, "
                + "perhaps with its guard. " +
                "Restore the newest copy, or begin a new log with a new key and origin; the old records stay what they were.");
        }

        if (last.Size == 0)
        {
            return;
        }

        var isContinued = await _store.ReadAsync(
            connection =>
            {
                var proof = ConsistencyProof.Compute(last.Size, head.Size, StoredTree.Nodes(connection, head.Size));
                return ConsistencyProof.Verify(last.Size, head.Size, proof, last.Root, head.Root);
            },
            cancellationToken);
        if (!isContinued)
        {
            throw new StoreRefusedException(
                $"The first {last.Size} records of the store are not those that this key has signed: they were changed, or the store is "
                + "another log's. Restore the store; keep this one as evidence.");
        }
    }

    private SignedCheckpoint Sign(TreeHead head)
    {
        var checkpoint = new Checkpoint(_signer.Name, head.Size, head.Root);
        return new SignedCheckpoint(checkpoint, checkpoint.Sign(_signer));
    }

    [LoggerMessage(EventId = 6102, Level = LogLevel.Warning, Message = "The checkpoint could not be signed; signing will be tried again")]
    private partial void LogNotSigned(Exception cause);

    [LoggerMessage(EventId = 6103, Level = LogLevel.Critical, Message = "The signer refuses to sign this log")]
    private partial void LogRefusedToSign(Exception cause);
}
