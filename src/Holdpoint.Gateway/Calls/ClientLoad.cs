using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// What one client key takes of what all share: calls under way, requests, faults, memory for content, and processors for reading. It
/// lives as long as the process, so a reload does not begin it anew. Thread-safe.
/// </summary>
internal sealed class ClientLoad(Client client)
{
    // Requests that wait for a turn hold a slot of the calls already, which are bounded.
    private const int MostWaiting = int.MaxValue;

    private readonly Rate _requests = new();
    private readonly Rate _faults = new();
    private long _limited;

    /// <summary>Whose load it is, as the configuration had it when the client was first seen.</summary>
    public Client Client => client;

    /// <summary>The client's calls under way.</summary>
    public Slots Calls { get; } = new();

    /// <summary>The client's bytes of content in memory.</summary>
    public ContentBudget Content { get; } = new();

    /// <summary>Turns at reading large bodies.</summary>
    public Turns Reading { get; } = new(Turns.HalfOfProcessors, MostWaiting);

    /// <summary>Takes a request; where the client makes too many, the fault.</summary>
    public Fault? TakeRequest(Limits limits, DateTimeOffset now) =>
        Take(_requests, limits.RequestsPerSecond, Limits.RequestBurstSeconds, now);

    /// <summary>Takes a fault before a decision, which would be a record; where there are too many, another fault, which is none.</summary>
    public Fault? TakeFault(Limits limits, DateTimeOffset now) =>
        Take(_faults, limits.FaultsPerSecond, Limits.FaultBurstSeconds, now);

    /// <summary>Requests that were over a rate since this was last asked.</summary>
    public long TakeLimited() => Interlocked.Exchange(ref _limited, 0);

    public void GiveBack(long limited) => Interlocked.Add(ref _limited, limited);

    private Fault? Take(Rate rate, int perSecond, int burstSeconds, DateTimeOffset now)
    {
        if (rate.TryTake(now, perSecond, (double)perSecond * burstSeconds, out var wait))
        {
            return null;
        }

        Interlocked.Increment(ref _limited);
        return CallFaults.RateLimited(wait);
    }
}
