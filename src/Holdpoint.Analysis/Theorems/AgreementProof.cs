using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Solvers;

namespace Holdpoint.Analysis.Theorems;

/// <summary>What was proved of one version of an agreement, and by whom.</summary>
/// <param name="Bundle">The version.</param>
/// <param name="Solvers">The solvers that were asked.</param>
/// <param name="Patience">Whether all of them were waited for.</param>
/// <param name="Theorems">The theorems, each for each clause, in their order.</param>
public sealed record AgreementProof(
    BundleDigest Bundle, ImmutableArray<SolverKind> Solvers, Patience Patience, ImmutableArray<TheoremResult> Theorems)
{
    /// <summary>The version of the analysis: raised when it means anything else by the same words.</summary>
    public const int AnalysisVersion = 1;

    /// <summary>Whether every theorem is proved.</summary>
    public bool IsProved => Theorems.All(t => t.Result == ProofResult.Proved);
}
