using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Symbolic;

/// <summary>A policy on every request of an environment at once.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Matches">Whether it applies.</param>
/// <param name="Errs">Whether it cannot be evaluated.</param>
internal sealed record SymbolicPolicy(Policy.Policy Policy, Term Matches, Term Errs);
