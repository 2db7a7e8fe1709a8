namespace Holdpoint.Gateway.Storage;

/// <summary>
/// One timer for the deadlines of all that waits, instead of one for each: it is set for the earliest, and looks for the next when that has
/// come. So whoever waits only for milliseconds, as all do while the disk works, sets no timer. Thread-safe.
/// </summary>
internal sealed class Deadlines : IDisposable
{
    private readonly Func<long, long> _expire;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private long _due = long.MaxValue;

    /// <param name="expire">
    /// Ends what is due at the moment that it gets, and returns the earliest deadline of what still waits, the largest value when nothing
    /// does. Runs on the thread pool, and can run twice at once.
    /// </param>
    public Deadlines(Func<long, long> expire)
    {
        _expire = expire;
        _timer = new Timer(_ => Expire(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Makes sure that the timer ends what was just put where <c>expire</c> looks.</summary>
    /// <param name="deadline">When, in <see cref="Environment.TickCount64"/>.</param>
    public void Add(long deadline)
    {
        // Either this sees that the timer is no longer set, or the timer, which says so before it looks, sees what was put there.
        Interlocked.MemoryBarrier();
        if (deadline < Volatile.Read(ref _due))
        {
            Set(deadline);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Set(long deadline)
    {
        lock (_lock)
        {
            if (deadline < _due)
            {
                Volatile.Write(ref _due, deadline);
                _timer.Change(Math.Max(0, deadline - Environment.TickCount64), Timeout.Infinite);
            }
        }
    }

    private void Expire()
    {
        Interlocked.Exchange(ref _due, long.MaxValue);
        if (_expire(Environment.TickCount64) is < long.MaxValue and var next)
        {
            Set(next);
        }
    }
}
