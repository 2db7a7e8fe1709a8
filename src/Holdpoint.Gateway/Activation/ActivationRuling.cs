using System.Collections.Immutable;
using Holdpoint.Evidence;

namespace Holdpoint.Gateway.Activation;

/// <summary>Whether an agreement may take effect. Closed.</summary>
public abstract record ActivationRuling
{
    private ActivationRuling()
    {
    }

    /// <summary>It may.</summary>
    /// <param name="Theorems">What is proved of it, such as <c>T1</c>; recorded.</param>
    /// <param name="Solvers">By which solvers; recorded.</param>
    /// <param name="Proof">The signed proof that it rests on; null when it was proved here and now.</param>
    public sealed record Admitted(ImmutableArray<string> Theorems, ImmutableArray<string> Solvers, EvidenceId? Proof) : ActivationRuling;

    /// <summary>It may not.</summary>
    /// <param name="Reasons">For the operator: what is not proved, or what to install. At least one line.</param>
    public sealed record Refused(ImmutableArray<string> Reasons) : ActivationRuling;
}
