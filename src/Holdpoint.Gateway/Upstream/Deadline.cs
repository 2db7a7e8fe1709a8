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

    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenRegistration _registration;

    public Deadline(TimeSpan after, CancellationToken caller)
    {
        _source = Kept.TryDequeue(out var kept) ? kept : new CancellationTokenSource();
        _caller = caller;
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        _source.CancelAfter(after);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Sets the limit anew, from now on.</summary>
    public void Set(TimeSpan after) => _source.CancelAfter(after);

    /// <summary>No limit until the next <see cref="Set"/>.</summary>
    public void Pause() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Throws when it was the caller who asked to stop: that is not the upstream's fault.</summary>
    public void ThrowIfCallerLeft() => _caller.ThrowIfCancellationRequested();

    public void Dispose()
    {
        _registration.Dispose();
        if (Kept.Count < MaxKept && _source.TryReset())
        {
            Kept.Enqueue(_source);
        }
        else
        {
            _source.Dispose();
        }
    }
}
