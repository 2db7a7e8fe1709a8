using System.Globalization;
using System.Security.Cryptography;
using Holdpoint.Gateway.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// The log of this gateway. A record has an index when, and only when, it is durable; indexes are 0, 1, 2, … without gaps. Thread-safe.
/// </summary>
internal sealed partial class RecordLog
{
    /// <summary>The longest wait for a record to become durable. Ten seconds: a disk that is slower than that is down.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Store _store;
    private readonly TimeProvider _time;
    private readonly Pseudonyms _pseudonyms;
    private readonly LogWriter _writer = new();
    private readonly RenderedRecords _rendered = new();
    private readonly TimeSpan _longestWait;
    private readonly ILogger _log;
    private long _size;

    private RecordLog(Store store, TimeProvider time, string gateway, Pseudonyms subjects, long size, TimeSpan longestWait, ILogger log)
    {
        _longestWait = longestWait;
        _store = store;
        _time = time;
        _pseudonyms = subjects;
        _size = size;
        _log = log;
        Gateway = gateway;
    }

    /// <summary>This gateway's name in the records: 32 lower-case hex digits, random, made with the store.</summary>
    public string Gateway { get; }

    /// <summary>
    /// Whether the store was lost: what was recorded may be in no file any more, so nothing may be answered from it
    /// (<see cref="StoreLoss"/>).
    /// </summary>
    public bool IsLost => _store.Loss is not null;

    /// <summary>The number of durable records.</summary>
    public long Size => Volatile.Read(ref _size);

    /// <summary>Whether the last attempt to write failed, so that the next one may.</summary>
    public bool IsFailing => _store.IsFailing;

    /// <summary>Opens the log in the store, after checking its newest part.</summary>
    /// <exception cref="StoreRefusedException">The log was edited, deleted, moved or cut; the message names the place.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read or written.</exception>
    public static async Task<RecordLog> OpenAsync(
        Store store,
        TimeProvider time,
        ILogger<RecordLog>? log = null,
        TimeSpan? longestWait = null,
        CancellationToken cancellationToken = default)
    {
        var gateway = await store.WriteAsync(c => EnsureGateway(c, time.GetUtcNow()), cancellationToken);
        var (subjects, size) = await store.ReadAsync(
            c =>
            {
                LogTail.Check(c);
                return (RecordTables.Pseudonyms(c), TreeEdge.Load(c).Size);
            },
            cancellationToken);
        var logger = log ?? NullLogger<RecordLog>.Instance;
        return new RecordLog(store, time, gateway, new Pseudonyms(subjects), size, longestWait ?? LongestWait, logger);
    }

    /// <summary>Appends a record; completes with its index when it is durable.</summary>
    /// <remarks>One transaction for all that wait, and one limit for every wait: <see cref="LongestWait"/>.</remarks>
    /// <exception cref="RecordUnavailableException">
    /// The record was not written, or it is not known yet whether it will be: what it records must not happen.
    /// </exception>
    /// <exception cref="ArgumentException">A field is not what its documentation asks for.</exception>
    public Task<long> AppendAsync(RecordDraft draft) => Append(new AppendJob(this, draft, isAwaited: true));

    /// <summary>Appends a record together with a change of other tables: both become durable in one transaction, or neither does.</summary>
    /// <param name="draft">The record.</param>
    /// <param name="change">
    /// Makes the change; gets the record's index. Runs on the writer's thread. When it returns false, or throws, what it wrote is
    /// undone and no record is written.
    /// </param>
    /// <param name="bytes">What the change carries, in bytes; counts against what may wait for the store.</param>
    /// <param name="isPatient">Whether to wait until it is known what became of it, however long that takes.</param>
    /// <returns>The record's index; null when the change did not take place.</returns>
    /// <exception cref="RecordUnavailableException">
    /// Neither was written; or it is not known yet, and whatever happens later happens to both.
    /// </exception>
    public async Task<long?> AppendWithAsync(
        RecordDraft draft, Func<StoreConnection, long, bool> change, int bytes = 0, bool isPatient = false)
    {
        var index = await Append(new AppendJob(this, draft, isAwaited: true, change, bytes, isPatient));
        return index >= 0 ? index : null;
    }

    /// <summary>
    /// Appends a record that nobody waits for, such as an outcome: in order with all others, durable soon, tried again when the store
    /// fails, written before the store closes.
    /// </summary>
    /// <returns>False when it was not accepted, because too much waits or the gateway is stopping.</returns>
    /// <exception cref="RecordUnavailableException">The record is too large.</exception>
    /// <exception cref="ArgumentException">A field is not what its documentation asks for.</exception>
    public bool TryAppend(RecordDraft draft) => Enqueue(new AppendJob(this, draft, isAwaited: false)) is null;

    /// <summary>The pseudonym of a principal in the log now; null when it has none.</summary>
    public string? PseudonymOf(string deployment, string principal) => _pseudonyms.Find(deployment, principal)?.Text;

    /// <summary>
    /// Deletes all that is private about a principal: the salt of its pseudonym and the disclosures of all its records. The log stays as
    /// it is and verifies; nobody can link it to the principal any more. Later records get a new pseudonym.
    /// </summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="principal">The principal in it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="together">Deletes, in the same transaction, what other tables hold about the principal.</param>
    /// <returns>How many records' disclosures were deleted.</returns>
    /// <exception cref="RecordUnavailableException">Nothing was deleted.</exception>
    public async Task<int> ShredAsync(
        string deployment, string principal, CancellationToken cancellationToken, Action<StoreConnection>? together = null)
    {
        try
        {
            var shredded = await _store.WriteAsync(
                connection =>
                {
                    // First, on the writer's thread: every draft that waits behind this job must find the pseudonym gone.
                    _pseudonyms.Remove(deployment, principal);
                    together?.Invoke(connection);
                    return RecordTables.Shred(connection, deployment, principal);
                },
                cancellationToken);
            await _store.ClearWriteAheadLogAsync(cancellationToken);
            return shredded;
        }
        catch (StoreUnavailableException e)
        {
            throw RecordUnavailableException.From(e.Fault, e);
        }
    }

    /// <summary>The tree over everything durable at some moment after the call.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read or written.</exception>
    public Task<TreeHead> HeadAsync(CancellationToken cancellationToken) => _store.WriteAsync(_writer.Head, cancellationToken);

    private Task<long> Append(AppendJob job) =>
        Enqueue(job) is { } fault ? Task.FromException<long>(RecordUnavailableException.From(fault)) : job.Index;

    private StoreFault? Enqueue(AppendJob job)
    {
        var fault = _store.Enqueue(job);
        if (fault is not null)
        {
            job.GiveBack();
        }

        return fault;
    }

    private static string EnsureGateway(StoreConnection connection, DateTimeOffset now)
    {
        if (RecordTables.Gateway(connection) is { } known)
        {
            return known;
        }

        var gateway = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        RecordTables.InsertGateway(connection, gateway, now.ToString("O", CultureInfo.InvariantCulture));
        return gateway;
    }

    [LoggerMessage(EventId = 6101, Level = LogLevel.Error, Message = "A record that nobody waits for was lost: {Reason}")]
    private partial void LogLostRecord(StoreFault reason);
}
