namespace Holdpoint.Gateway.Calls;

/// <summary>Which configuration is active now. Thread-safe.</summary>
internal sealed class ActiveConfigurations(ActiveConfiguration first) : IDisposable
{
    private ActiveConfiguration _current = first;

    /// <summary>The one that a call which begins now is handled under.</summary>
    public ActiveConfiguration Current => Volatile.Read(ref _current);

    /// <summary>From now on calls begin under this one. Those under way keep theirs.</summary>
    /// <remarks>
    /// The one before is not disposed, for calls under way may still be sent to its upstreams. What nobody uses any more costs nothing:
    /// connections close when they are idle, and the rest is memory.
    /// </remarks>
    public void Replace(ActiveConfiguration next) => Volatile.Write(ref _current, next);

    public void Dispose() => Current.Dispose();
}
