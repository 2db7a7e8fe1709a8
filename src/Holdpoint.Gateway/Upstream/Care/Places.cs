namespace Holdpoint.Gateway.Upstream.Care;

/// <summary>
/// How much is under way at once. Nothing queues for a place: whoever finds none is told at once, because a queue in front of a slow
/// model only adds its own wait. Thread-safe, without a lock.
/// </summary>
internal sealed class Places
{
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>A place, to be disposed; null when <paramref name="most"/> are taken.</summary>
    public Place? TryTake(int most)
    {
        if (Interlocked.Increment(ref _taken) <= most)
        {
            return new Place(this);
        }

        GiveBack();
        return null;
    }

    internal void GiveBack() => Interlocked.Decrement(ref _taken);
}
