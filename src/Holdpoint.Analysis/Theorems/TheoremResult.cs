using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Counterexamples;

namespace Holdpoint.Analysis.Theorems;

/// <summary>What became of a theorem for one clause.</summary>
/// <param name="Theorem">The theorem.</param>
/// <param name="Clause">The clause or red line; null where the agreement as a whole is meant.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Witnesses">
/// For a refuted theorem the request that refutes it; for T2 and T3 two requests, the one that may need no less after the one that it is
/// compared with. Empty where there is none.
/// </param>
/// <param name="Why">One sentence for people where the witnesses do not say it all; otherwise null.</param>
public sealed record TheoremResult(
    Theorem Theorem, ClauseId? Clause, ProofResult Result, TimeSpan Time, ImmutableArray<Witness> Witnesses, string? Why = null);
