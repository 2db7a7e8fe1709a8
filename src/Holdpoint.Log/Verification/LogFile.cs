namespace Holdpoint.Log.Verification;

/// <summary>
/// Reads one file of a log in the C2SP tlog-tiles layout, named relative to the log's prefix (<c>checkpoint</c>, <c>tile/0/000</c>,
/// <c>tile/entries/000.p/5</c>). Throws for faults of the environment, which end the verification without a result; bounds what it reads
/// by <paramref name="maxBytes"/>, the largest length the file can rightly have: a longer file is returned cut to one byte more.
/// </summary>
public delegate ValueTask<LogFile> LogReader(string path, int maxBytes, CancellationToken cancellationToken);

/// <summary>What a <see cref="LogReader"/> found. <c>default</c> is a file that is not there.</summary>
public readonly record struct LogFile
{
    private LogFile(bool isFound, bool isForbidden, ReadOnlyMemory<byte> bytes) =>
        (IsFound, IsForbidden, Bytes) = (isFound, isForbidden, bytes);

    /// <summary>There is no such file.</summary>
    public static LogFile Missing => default;

    /// <summary>The reader has no right to it (HTTP 401 or 403): nothing is known about whether it is there.</summary>
    public static LogFile Forbidden => new(false, true, default);

    /// <summary>It is there.</summary>
    public bool IsFound { get; }

    /// <summary>It may be there, but not for this reader.</summary>
    public bool IsForbidden { get; }

    /// <summary>Its bytes; empty unless found.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A file that is there.</summary>
    public static LogFile Found(ReadOnlyMemory<byte> bytes) => new(true, false, bytes);
}
