using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdpoint.Gateway.Storage;

/// <summary>
/// The gateway's one database file. Concepts bring their own SQL: writes run in the writer's shared transaction, reads on
/// read-only connections. One process at a time. Thread-safe.
/// </summary>
internal sealed partial class Store : IAsyncDisposable
{
    private readonly StoreOptions _options;
    private readonly FileLock _lock;
    private readonly StoreFiles _files;
    private readonly GroupWriter _writer;
    private readonly ReaderPool _readers;
    private readonly ILogger _log;

    private Store(StoreOptions options, StoreFiles files, FileLock fileLock, StoreConnection connection, ILogger log)
    {
        _options = options;
        _files = files;
        _lock = fileLock;
        _log = log;
        _readers = new ReaderPool(options, files, Lose);
        _writer = new GroupWriter(options, files, connection, TellFailure, _readers.Renew);
    }

    /// <summary>Opens or creates the store and brings its schema up to these migrations.</summary>
    /// <exception cref="StoreRefusedException">It cannot be opened, or must not be; the message says why and what to do.</exception>
    public static Store Open(StoreOptions options, ImmutableArray<Migration> migrations, TimeProvider time, ILogger<Store>? log = null)
    {
        var named = Path.GetFullPath(options.Path);
        var path = Resolved(named);
        options = options with { Path = path };
        FileLock? fileLock = null;
        StoreConnection? connection = null;
        try
        {
            fileLock = FileLock.TryTake(LockPath(path))
                ?? throw TakenBy(path);
            log ??= NullLogger<Store>.Instance;
            MakePrivate(path, log);
            connection = new StoreConnection(options, SqliteOpenMode.ReadWriteCreate);
            Schema.Apply(connection, migrations, time.GetUtcNow());
            return new Store(options, new StoreFiles(named, path), fileLock, connection, log);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            fileLock?.Dispose();
            if (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new StoreRefusedException($"The store {path} cannot be opened: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>Whether a process, this one included, has the store open. Asking leaves nothing behind.</summary>
    /// <exception cref="IOException">Its lock file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Its lock file may not be opened.</exception>
    public static bool IsInUse(string path)
    {
        var lockPath = LockPath(Resolved(path));
        if (!File.Exists(lockPath))
        {
            return false;
        }

        using var fileLock = FileLock.TryTake(lockPath);
        return fileLock is null;
    }

    /// <summary>The exception for a store that another process has open.</summary>
    public static StoreRefusedException TakenBy(string path) =>
        new($"Another process has the store {path}. Stop it first; only one gateway may write a store.");

    /// <summary>True from a failed transaction until the next one that succeeds, and for good once the store is lost.</summary>
    public bool IsFailing => _writer.IsFailing;

    /// <summary>
    /// Why the store's files are no longer those that its path names; null while they are. Once lost, all that is asked of it fails until
    /// it is opened again. Looks only at what was seen so far.
    /// </summary>
    public StoreLoss? Loss => _files.Loss;

    /// <summary>As <see cref="Loss"/>, after a look at the database file.</summary>
    public StoreLoss? Look()
    {
        try
        {
            if (_files.LookAtDatabase() is { } loss)
            {
                Lose(loss);
            }
        }
        catch (IOException)
        {
            // The system does not say now; the writer asks again with the next transaction, which fails if it still does not.
        }

        return Loss;
    }

    /// <summary>Runs <paramref name="work"/> in the writer's next transaction; completes when that is durable.</summary>
    /// <remarks>
    /// It runs on the writer's thread, so it is quick and changes nothing but the database. What it throws undoes its own statements
    /// only and comes out here. A cancelled caller stops waiting; the work may still be done.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    public async Task<T> WriteAsync<T>(Func<StoreConnection, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new WriteJob<T>(work);
        if (Enqueue(job) is { } fault)
        {
            throw new StoreUnavailableException(fault);
        }

        return await job.Done.WaitAsync(cancellationToken);
    }

    /// <summary>Accepts a job for the writer's next transaction.</summary>
    /// <returns>Null when accepted, else why not.</returns>
    public StoreFault? Enqueue(WriteJob job) => _writer.Enqueue(job);

    /// <summary>Runs a query on what was committed so far. The function must not keep the connection.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be read, or the store has stopped.</exception>
    public ValueTask<T> ReadAsync<T>(Func<StoreConnection, T> query, CancellationToken cancellationToken) =>
        _readers.ReadAsync(query, cancellationToken);

    /// <summary>
    /// Moves everything from the write-ahead log into the database and empties it, so that what was deleted is in no file any more.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// Somebody kept reading or writing for too long; it is still in the write-ahead log.
    /// </exception>
    public Task ClearWriteAheadLogAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                // A connection of its own: a checkpoint cannot run inside the writer's transaction, but waits between two of them.
                using var connection = new StoreConnection(_options, SqliteOpenMode.ReadWrite);
                if (connection.Scalar("PRAGMA wal_checkpoint(TRUNCATE)") is not 0L)
                {
                    throw new StoreUnavailableException(StoreFault.Failed);
                }
            }
            catch (SqliteException e)
            {
                throw new StoreUnavailableException(StoreFault.Failed, e);
            }
        },
        cancellationToken);

    /// <summary>Writes everything accepted, then closes the file and gives up the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(() =>
        {
            _readers.Dispose();
            _writer.Dispose();
        });
        _lock.Dispose();
    }

    /// <summary>The store's files are this user's alone; SQLite gives those beside the database the database's own mode.</summary>
    private static void MakePrivate(string path, ILogger log)
    {
        OwnerOnly.EnsureExists(path);
        foreach (var file in new[] { path, path + "-wal", path + "-shm", LockPath(path) })
        {
            try
            {
                if (OwnerOnly.Tighten(file))
                {
                    LogTightened(log, Path.GetFileName(file));
                }
            }
            catch (UnauthorizedAccessException)
            {
                // Somebody else's file that this user may write: the two have arranged that between them.
                LogLeftOpen(log, Path.GetFileName(file));
            }
        }
    }

    private void Lose(StoreLoss loss)
    {
        if (_files.Lose(loss))
        {
            LogLost(loss);
        }
    }

    private void TellFailure(Exception cause)
    {
        if (cause is StoreLostException { Loss: var loss })
        {
            LogLost(loss);
        }
        else
        {
            LogFailedTransaction(cause);
        }
    }

    /// <summary>The lock belongs to the file itself, whatever name it was reached by.</summary>
    private static string Resolved(string path)
    {
        path = Path.GetFullPath(path);
        return File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
    }

    private static string LockPath(string path) => path + ".lock";

    [LoggerMessage(EventId = 6001, Level = LogLevel.Error, Message = "A transaction failed; its writes were refused")]
    private partial void LogFailedTransaction(Exception cause);

    [LoggerMessage(
        EventId = 6003, Level = LogLevel.Warning,
        Message = "{File} could be read by others than the gateway's user; its mode is now 0600")]
    private static partial void LogTightened(ILogger log, string file);

    [LoggerMessage(
        EventId = 6004, Level = LogLevel.Warning,
        Message = "{File} can be read by others than the gateway's user, who does not own it and cannot change that")]
    private static partial void LogLeftOpen(ILogger log, string file);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Critical, Message = "Nothing is answered any more. {Loss}")]
    private partial void LogLost(StoreLoss loss);
}
