using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// Turns at work that takes a processor for long: so many at once, the others wait in the order in which they came. Thread-safe.
/// </summary>
/// <param name="atOnce">How many at once.</param>
/// <param name="mostWaiting">How many may wait.</param>
[SuppressMessage("Design", "CA1001", Justification = "Without its wait handle, which nobody asks for, a semaphore holds nothing to free.")]
internal sealed class Turns(int atOnce, int mostWaiting)
{
    /// <summary>Half of the processors: whoever takes all that one client can take leaves the other half to others.</summary>
    public static readonly int HalfOfProcessors = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim _free = new(atOnce);
    private int _waiting;

    /// <summary>Takes a turn; <see cref="End"/> is to follow.</summary>
    /// <returns>False when too many wait.</returns>
    /// <exception cref="OperationCanceledException">The client left while it waited.</exception>
    public async ValueTask<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        if (_free.Wait(0, CancellationToken.None))
        {
            return true;
        }

        if (Interlocked.Increment(ref _waiting) > mostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        try
        {
            await _free.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void End() => _free.Release();
}
