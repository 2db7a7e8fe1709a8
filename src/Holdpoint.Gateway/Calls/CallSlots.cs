using System.Collections.Concurrent;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Log;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Calls;

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

    /// <summary>Both slots of a call, to be disposed at its end; null when one of them is not free.</summary>
    /// <param name="client">Who calls.</param>
    /// <param name="limits">How many may be under way.</param>
    /// <param name="full">What the client is told when there is none.</param>
    public IDisposable? TryTake(Client client, Limits limits, out Fault? full)
    {
        full = CallFaults.GatewayFull;
        if (!_all.TryEnter(limits.Calls))
        {
            return null;
        }

        full = CallFaults.ClientFull;
        var ofClient = _byClient.GetOrAdd(client.KeyDigest, static _ => new Slots());
        if (!ofClient.TryEnter(limits.CallsPerClient))
        {
            _all.GiveBack();
            return null;
        }

        full = null;
        return new Both(_all, ofClient);
    }

    /// <summary>One object instead of two slots and one that has both: each call makes one.</summary>
    private sealed class Both(Slots all, Slots ofClient) : IDisposable
    {
        private int _isBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isBack, 1) == 0)
            {
                all.GiveBack();
                ofClient.GiveBack();
            }
        }
    }
}
