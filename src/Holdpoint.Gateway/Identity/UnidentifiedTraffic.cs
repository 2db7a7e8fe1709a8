namespace Holdpoint.Gateway.Identity;

/// <summary>
/// Counts requests of callers whom nobody knows. They are not recorded one by one, because a stranger must not fill an append-only log.
/// Thread-safe.
/// </summary>
internal sealed class UnidentifiedTraffic
{
    private long _sinceLastMinute;
    private long _total;

    /// <summary>Since the gateway started.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void Count()
    {
        Interlocked.Increment(ref _sinceLastMinute);
        Interlocked.Increment(ref _total);
    }

    /// <summary>The counts since the last call of this method.</summary>
    public long Take() => Interlocked.Exchange(ref _sinceLastMinute, 0);

    /// <summary>Adds what was taken and could not be told.</summary>
    public void GiveBack(long requests) => Interlocked.Add(ref _sinceLastMinute, requests);
}
