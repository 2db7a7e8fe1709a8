namespace Holdpoint.Gateway.Storage;

/// <summary>The store's path and its limits. Every limit is finite; the defaults say where they come from.</summary>
internal sealed record StoreOptions
{
    /// <summary>
    /// Path of the SQLite file. Created when it does not exist; its folder must exist and be on a local disk (WAL needs that).
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Jobs that may wait for the writer. Default 8,192: at the 10,000/s that we promise, less than a second of waiting.</summary>
    public int MaxQueuedJobs { get; init; } = 8_192;

    /// <summary>Bytes that waiting jobs may hold. Default 64 MiB: 8,192 jobs of 8 KiB, several times an ordinary record.</summary>
    public long MaxQueuedBytes { get; init; } = 64L << 20;

    /// <summary>Jobs in one transaction. Default 1,024: past that a transaction's one sync is no longer what it costs.</summary>
    public int MaxBatch { get; init; } = 1_024;

    /// <summary>
    /// The time that a statement waits for a lock held by another program (a backup, the <c>sqlite3</c> shell) before it fails.
    /// Whole seconds, at least 1. Default 2: a caller waits no longer than that for its 503.
    /// </summary>
    public int LockWaitSeconds { get; init; } = 2;

    /// <summary>
    /// Pause before jobs that must not be lost are tried again after a failure, when no other job comes first. Default 500 ms.
    /// </summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Connections that read at the same time. Default 4: reads are short and the public ones must not take all cores.</summary>
    public int MaxReaders { get; init; } = 4;

    /// <summary>
    /// Largest size of the database file in bytes, after which writes fail as on a full disk. Default 1 TiB; at least 1 MiB.
    /// </summary>
    public long MaxFileBytes { get; init; } = 1L << 40;
}
