namespace Holdpoint.Gateway.Storage;

/// <summary>
/// Holds the open files of the store against what their names stand for now (ADR 0065): what is written to a file without a name is gone at
/// the next start. A look costs one call of the system a file. The writer's thread looks at all three; everyone may look at the database.
/// </summary>
internal sealed class StoreFiles
{
    private readonly byte[] _named;
    private readonly byte[] _log;
    private readonly byte[] _index;
    private StoreLoss? _loss;
    private readonly FileStatus _database;
    private FileStatus? _openLog;
    private FileStatus? _openIndex;
    private long _size;
    private long _modified;

    /// <param name="named">The path as the configuration has it; a link on it may be turned elsewhere too.</param>
    /// <param name="resolved">The file behind it, beside which SQLite puts its own. It is open.</param>
    /// <exception cref="IOException">It is gone already, or the system does not say which file it is.</exception>
    public StoreFiles(string named, string resolved)
    {
        _named = FileStatus.PathOf(named);
        _log = FileStatus.PathOf(resolved + "-wal");
        _index = FileStatus.PathOf(resolved + "-shm");
        _database = FileStatus.Of(_named) ?? throw new FileNotFoundException("The store was removed while it was being opened.");
        (_size, _modified) = (_database.Size, _database.Modified);
    }

    /// <summary>Why the store is lost; null while it is not. Once it is, it stays.</summary>
    public StoreLoss? Loss => Volatile.Read(ref _loss);

    /// <summary>Declares the store lost.</summary>
    /// <returns>True the first time.</returns>
    public bool Lose(StoreLoss loss) => Interlocked.CompareExchange(ref _loss, loss, null) is null;

    /// <summary>Whether the path still names the database that is open. Thread-safe.</summary>
    /// <returns>The loss, seen now or before; null when all is as it was.</returns>
    /// <exception cref="IOException">The system does not say.</exception>
    public StoreLoss? LookAtDatabase() => Loss ?? Compare(_database, FileStatus.Of(_named), "database");

    /// <summary>The connection on which the writer looked so far is closed: SQLite may have removed its files with it.</summary>
    public void ConnectionClosed() => (_openLog, _openIndex) = (null, null);

    /// <summary>
    /// Looks at all files, inside a transaction of the writer's, when SQLite has them all open; on a connection for the first time, takes
    /// them for its own.
    /// </summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="isOursSince">
    /// Whether the writer has written since the last look: then the database may have changed by SQLite's own moving of pages.
    /// </param>
    /// <returns>
    /// Whether the content of the database was changed by somebody else: what the connection remembers of it may be wrong. A backup program
    /// that moves pages does that lawfully; so it is a reason to read again, not a loss.
    /// </returns>
    /// <exception cref="StoreLostException">The store is lost.</exception>
    /// <exception cref="IOException">The system does not say.</exception>
    public bool LookAtAll(StoreConnection connection, bool isOursSince)
    {
        if (FileStatus.Of(_named) is not { } database)
        {
            throw new StoreLostException(StoreLoss.Removed("database"));
        }

        var isForeign = database.Modified != _modified && !isOursSince;
        var loss = Loss ?? Compare(_database, database, "database")
            ?? Beside(_log, ref _openLog, "write-ahead log") ?? Beside(_index, ref _openIndex, "shared-memory file")
            ?? (database.Size < _size && database.Size != SizeIn(connection) ? StoreLoss.Cut : null);
        if (loss is not null)
        {
            throw new StoreLostException(loss);
        }

        (_size, _modified) = (database.Size, database.Modified);
        return isForeign;
    }

    // A VACUUM by the operator makes the file as small as the pages that SQLite counts, and no smaller.
    private static long SizeIn(StoreConnection connection) =>
        (long)connection.Scalar("PRAGMA page_count")! * (long)connection.Scalar("PRAGMA page_size")!;

    private static StoreLoss? Beside(byte[] path, ref FileStatus? open, string name)
    {
        var now = FileStatus.Of(path);
        open ??= now;
        return open is { } known ? Compare(known, now, name) : StoreLoss.Removed(name);
    }

    private static StoreLoss? Compare(FileStatus open, FileStatus? now, string name) => now is not { } file ? StoreLoss.Removed(name)
        : file.IsSameFileAs(open) ? null
        : StoreLoss.Replaced(name);
}

/// <summary>The store is lost until the next start.</summary>
internal sealed class StoreLostException(StoreLoss loss) : Exception(loss.Message)
{
    public StoreLoss Loss { get; } = loss;
}
