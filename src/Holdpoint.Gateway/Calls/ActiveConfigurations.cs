namespace Holdpoint.Gateway.Calls;

/// <summary>Which configuration is active now. Thread-safe.</summary>
internal sealed class ActiveConfigurations(ActiveConfiguration first) : IDisposable
{
    private ActiveConfiguration _current = first;
    private ActiveConfiguration? _announced;

    /// <summary>The one that a call which begins now is handled under.</summary>
    public ActiveConfiguration Current => Volatile.Read(ref _current);

    /// <summary>
    /// The one that every decision must stand under which is recorded from now on: the current one, or the one whose record is being
    /// written. On the writer's thread no record comes after that of a reload and is compared with the configuration before it.
    /// </summary>
    public ActiveConfiguration Latest => Volatile.Read(ref _announced) ?? Current;

    /// <summary>
    /// On the writer's thread, at the record's place in the log: what is decided behind it must stand under this one too.
    /// </summary>
    public void Announce(ActiveConfiguration next) => Volatile.Write(ref _announced, next);

    /// <summary>The record of the one that was announced could not be written: the one before it stays.</summary>
    public void Withdraw() => Volatile.Write(ref _announced, null);

    /// <summary>From now on calls begin under this one. Those under way keep theirs, as long as what they rely on is
    /// in this one too.</summary>
    /// <remarks>
    /// Calls under way may still be sent to the upstreams of the one before, so only those of its connections that the new one does not
    /// use are retired: they close when the last call over them has ended. The rest of it is memory.
    /// </remarks>
    public void Replace(ActiveConfiguration next)
    {
        var before = Interlocked.Exchange(ref _current, next);
        Withdraw();
        before.Upstreams.GiveWayTo(next.Upstreams);
    }

    public void Dispose() => Current.Dispose();
}
