namespace Holdpoint.Gateway.Calls;

/// <summary>Which configuration is active now. Thread-safe.</summary>
internal sealed class ActiveConfigurations(ActiveConfiguration first) : IDisposable
{
    private ActiveConfiguration _current = first;

    /// <summary>The one that a call which begins now is handled under.</summary>
    public ActiveConfiguration Current => Volatile.Read(ref _current);

    /// <summary>From now on calls begin under this one. Those under way keep theirs.</summary>
    /// <remarks>
    /// Calls under way may still be sent to the upstreams of the one before, so only those of its connections that the new one does not
    /// use are retired: they close when the last call over them has ended. The rest of it is memory.
    /// </remarks>
    public void Replace(ActiveConfiguration next) => Interlocked.Exchange(ref _current, next).Upstreams.GiveWayTo(next.Upstreams);

    public void Dispose() => Current.Dispose();
}
