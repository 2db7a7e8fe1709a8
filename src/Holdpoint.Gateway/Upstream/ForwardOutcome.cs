using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The outcome of forwarding a call. Closed: every case is declared here.</summary>
internal abstract record ForwardOutcome
{
    private ForwardOutcome()
    {
    }

    /// <summary>An answer begins. Whoever gets it disposes it.</summary>
    public sealed record Answered(UpstreamAnswer Answer) : ForwardOutcome;

    /// <summary>There is none that may be passed on. The fault's status is 502, 503 or 504.</summary>
    /// <param name="Fault">What the client is told.</param>
    /// <param name="Delivery">Whether the provider may have taken the call all the same.</param>
    public sealed record Failed(Fault Fault, Delivery Delivery = Delivery.Unknown) : ForwardOutcome;
}
