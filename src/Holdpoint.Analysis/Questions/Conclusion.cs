using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Theorems;

namespace Holdpoint.Analysis.Questions;

/// <summary>Whether something holds of all valid requests.</summary>
/// <param name="Result">Proved, refuted, or nobody knows.</param>
/// <param name="Witness">A request of which it does not hold; the evaluator confirms it. Null unless refuted.</param>
/// <param name="Why">Why nobody knows; null otherwise.</param>
public sealed record Conclusion(ProofResult Result, Witness? Witness = null, string? Why = null)
{
    /// <summary>Whether it holds.</summary>
    public bool IsProved => Result == ProofResult.Proved;
}
