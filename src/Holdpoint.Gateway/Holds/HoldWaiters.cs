using System.Collections.Concurrent;

namespace Holdpoint.Gateway.Holds;

/// <summary>Wakes those who wait for something to happen to a hold. Thread-safe.</summary>
internal sealed class HoldWaiters
{
    private readonly ConcurrentDictionary<HoldId, TaskCompletionSource> _waiting = new();

    /// <summary>
    /// Completes at the next <see cref="Wake"/>. Taken before the state is read, so that no change is missed between the two.
    /// </summary>
    public Task Next(HoldId hold) =>
        _waiting.GetOrAdd(hold, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Wake(HoldId hold)
    {
        if (_waiting.TryRemove(hold, out var waiting))
        {
            waiting.SetResult();
        }
    }
}
