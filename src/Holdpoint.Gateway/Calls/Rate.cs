namespace Holdpoint.Gateway.Calls;

/// <summary>
/// A limit on how often something happens: the generic cell rate algorithm of ITU-T I.371, which is a token bucket in one number.
/// Thread-safe, without a lock.
/// </summary>
internal sealed class Rate
{
    // When the bucket would be full again, in ticks since 1; what lies ahead of now is what was taken.
    private long _fullAt;

    /// <summary>Takes one.</summary>
    /// <param name="now">The time.</param>
    /// <param name="perSecond">How many a second are given back; above 0.</param>
    /// <param name="burst">How many there are at most; at least 1.</param>
    /// <param name="wait">How long until there is one, where there is none.</param>
    /// <returns>False where there is none.</returns>
    public bool TryTake(DateTimeOffset now, double perSecond, double burst, out TimeSpan wait)
    {
        var each = (long)(TimeSpan.TicksPerSecond / perSecond);
        var room = (long)(each * burst);
        while (true)
        {
            var fullAt = Volatile.Read(ref _fullAt);
            var next = Math.Max(fullAt, now.UtcTicks) + each;
            var over = next - now.UtcTicks - room;
            if (over > 0)
            {
                wait = TimeSpan.FromTicks(over);
                return false;
            }

            if (Interlocked.CompareExchange(ref _fullAt, next, fullAt) == fullAt)
            {
                wait = default;
                return true;
            }
        }
    }
}
