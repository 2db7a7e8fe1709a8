using System.Collections.Concurrent;
using Holdpoint.Gateway.Upstream.Care;
using Holdpoint.Wire;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// The calls to models that are under way, in all and for each client key. Reading the status, approving and posting evidence need no
/// place, so that a full gateway can still be operated. Lives as long as the process; thread-safe.
/// </summary>
internal sealed class CallPlaces
{
    private readonly Places _all = new();

    // By key, of which there are only as many as configurations have named.
    private readonly ConcurrentDictionary<Hash, Places> _byClient = new();

    /// <summary>Calls and streams under way.</summary>
    public int UnderWay => _all.Taken;

    /// <summary>Both places of a call, to be disposed at its end; null when it finds one of them taken.</summary>
    /// <param name="call">The call, identified.</param>
    /// <param name="full">What the client is told when there is none.</param>
    public IDisposable? TryTake(CallInProgress call, out Fault? full)
    {
        var limits = call.Active.Limits;
        full = Faults.GatewayFull;
        if (_all.TryTake(limits.Calls) is not { } place)
        {
            return null;
        }

        full = Faults.ClientFull;
        if (_byClient.GetOrAdd(call.Client.KeyDigest, _ => new Places()).TryTake(limits.CallsPerClient) is not { } ofClient)
        {
            place.Dispose();
            return null;
        }

        full = null;
        return new Both(place, ofClient);
    }

    private sealed class Both(Place one, Place other) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            other.Dispose();
        }
    }
}
