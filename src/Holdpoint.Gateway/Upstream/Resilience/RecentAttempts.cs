namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>
/// Counts attempts within a sliding window, in tenths of it: one count for each attempt would grow with the traffic. Not thread-safe.
/// </summary>
internal sealed class RecentAttempts
{
    private const int Parts = 10;

    // Bounded: a part is dropped when it leaves the window, and a window has ten parts, or eleven with the one that is beginning.
    private readonly Queue<Part> _parts = new();
    private Part? _newest;
    private int _attempts;
    private int _sick;

    /// <summary>Counts an attempt.</summary>
    /// <param name="isSick">Whether it counts against the upstream.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="window">How far back attempts count. May differ from one call to the next: what was counted stays.</param>
    public void Add(bool isSick, DateTimeOffset now, TimeSpan window)
    {
        Forget(now, window);
        if (_parts.Count == 0 || now - _newest!.Start >= window / Parts)
        {
            _newest = new Part(now);
            _parts.Enqueue(_newest);
        }

        var sick = isSick ? 1 : 0;
        _newest.Attempts++;
        _newest.Sick += sick;
        _attempts++;
        _sick += sick;
    }

    /// <summary>Whether there are at least <paramref name="leastAttempts"/> and at least that share of them is sick.</summary>
    public bool AreMostlySick(int leastAttempts, double ratio) => _attempts >= leastAttempts && _sick >= ratio * _attempts;

    /// <summary>Whether less than that share of them is sick; null where there are none.</summary>
    public bool? AreWell(DateTimeOffset now, TimeSpan window, double ratio)
    {
        Forget(now, window);
        return _attempts == 0 ? null : _sick < ratio * _attempts;
    }

    private void Forget(DateTimeOffset now, TimeSpan window)
    {
        while (_parts.TryPeek(out var oldest) && oldest.Start <= now - window)
        {
            _attempts -= oldest.Attempts;
            _sick -= oldest.Sick;
            _parts.Dequeue();
        }
    }

    public void Clear()
    {
        _parts.Clear();
        (_attempts, _sick) = (0, 0);
    }

    private sealed class Part(DateTimeOffset start)
    {
        public DateTimeOffset Start => start;

        public int Attempts { get; set; }

        public int Sick { get; set; }
    }
}
