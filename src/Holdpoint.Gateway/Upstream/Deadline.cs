using System.Collections.Concurrent;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// A time limit joined with the caller's own cancellation. Sources are reused: a new one with its timer for each call showed in profiles
/// of proxies (YARP reuses its own). Not thread-safe; disposed once.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private const int MaxKept = 1024;

    private static readonly ConcurrentQueue<CancellationTokenSource> Kept = new();
    private static int KeptCount;

    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenRegistration _registration;

    public Deadline(TimeSpan after, CancellationToken caller)
    {
        _source = Rent();
        _caller = caller;
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        _source.CancelAfter(after);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time is up, or <see cref="Cancel"/> was called, before the caller left.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Ends what waits, as if the time were up.</summary>
    public void Cancel() => _source.Cancel();

    /// <summary>Sets the limit anew, from now on.</summary>
    public void Set(TimeSpan after) => _source.CancelAfter(after);

    /// <summary>No limit until the next <see cref="Set"/>.</summary>
    public void Pause() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Throws when it was the caller who asked to stop: that is not the upstream's fault.</summary>
    public void ThrowIfCallerLeft() => _caller.ThrowIfCancellationRequested();

    public void Dispose()
    {
        _registration.Dispose();
        if (!_source.TryReset())
        {
            _source.Dispose();
        }
        else if (Interlocked.Increment(ref KeptCount) <= MaxKept)
        {
            Kept.Enqueue(_source);
        }
        else
        {
            Interlocked.Decrement(ref KeptCount);
            _source.Dispose();
        }
    }

    private static CancellationTokenSource Rent()
    {
        if (!Kept.TryDequeue(out var kept))
        {
            return new CancellationTokenSource();
        }

        Interlocked.Decrement(ref KeptCount);
        return kept;
    }
}
