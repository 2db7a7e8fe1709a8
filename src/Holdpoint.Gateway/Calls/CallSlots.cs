using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The calls to models that are under way, in all and for each client key. Reading the status, approving and posting evidence need no
/// slot, so that a full gateway can still be operated. Lives as long as the process; thread-safe.
/// </summary>
internal sealed class CallSlots
{
    private readonly Slots _all = new();

    /// <summary>Calls and streams under way.</summary>
    public int UnderWay => _all.InUse;

    /// <summary>Both slots of a call, to be disposed at its end; null when one of them is not free.</summary>
    /// <param name="load">What the client has under way.</param>
    /// <param name="limits">How many may be under way.</param>
    /// <param name="full">What the client is told when there is none.</param>
    public IDisposable? TryTake(ClientLoad load, Limits limits, out Fault? full)
    {
        full = CallFaults.GatewayFull;
        if (!_all.TryEnter(limits.Calls))
        {
            return null;
        }

        full = CallFaults.ClientFull;
        if (!load.Calls.TryEnter(limits.CallsPerClient))
        {
            _all.GiveBack();
            return null;
        }

        full = null;
        return new Both(_all, load.Calls);
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
