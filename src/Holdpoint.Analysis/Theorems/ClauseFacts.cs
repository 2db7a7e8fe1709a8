using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Symbolic;

namespace Holdpoint.Analysis.Theorems;

/// <summary>What a policy as written does on a request, and what lifts it.</summary>
internal sealed record PolicyFact(AnalysedPolicy Analysed, SymbolicPolicy Symbolic);

/// <summary>What the policies of a clause do on a request.</summary>
internal sealed record ClauseFacts(AnalysedClause Clause, ImmutableArray<PolicyFact> Policies)
{
    public ClauseId Id => Clause.Id;
}
