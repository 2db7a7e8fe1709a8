using System.Collections.Concurrent;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Wire;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// The calls to models that are under way, in all and for each client key. Reading the status, approving and posting evidence need no
/// slot, so that a full gateway can still be operated. Lives as long as the process; thread-safe.
/// </summary>
internal sealed class CallSlots
{
    private readonly Slots _all = new();

    // By key, of which there are only as many as configurations have named.
    private readonly ConcurrentDictionary<Hash, Slots> _byClient = new();

    /// <summary>Calls and streams under way.</summary>
    public int UnderWay => _all.InUse;

    /// <summary>Both slots of a call, to be disposed at its end; null when it finds one of them taken.</summary>
    /// <param name="call">The call, identified.</param>
    /// <param name="full">What the client is told when there is none.</param>
    public IDisposable? TryTake(CallInProgress call, out Fault? full)
    {
        var limits = call.Active.Limits;
        full = Faults.GatewayFull;
        if (_all.TryTake(limits.Calls) is not { } slot)
        {
            return null;
        }

        full = Faults.ClientFull;
        if (_byClient.GetOrAdd(call.Client.KeyDigest, _ => new Slots()).TryTake(limits.CallsPerClient) is not { } ofClient)
        {
            slot.Dispose();
            return null;
        }

        full = null;
        return new Both(slot, ofClient);
    }

    private sealed class Both(Slot one, Slot other) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            other.Dispose();
        }
    }
}
