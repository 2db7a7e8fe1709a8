namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>
/// A limit on what is under way at once. Nothing queues for a slot: whoever finds none is told at once, because a queue in front of a slow
/// model only adds its own wait. Thread-safe, without a lock.
/// </summary>
internal sealed class Slots
{
    private int _inUse;

    public int InUse => Volatile.Read(ref _inUse);

    /// <summary>A slot, to be disposed; null when <paramref name="most"/> are in use.</summary>
    public Slot? TryTake(int most) => TryEnter(most) ? new Slot(this) : null;

    /// <summary>As <see cref="TryTake"/>, for whoever keeps in mind himself that one is to be given back, once.</summary>
    internal bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref _inUse) <= most)
        {
            return true;
        }

        GiveBack();
        return false;
    }

    internal void GiveBack() => Interlocked.Decrement(ref _inUse);
}
