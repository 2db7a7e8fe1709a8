using Holdpoint.Agreements;
using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Changes;

/// <summary>What clauses need on one request, by the evaluator: the symbolic need is compared with it.</summary>
internal static class WrittenNeed
{
    public static Need Of(IReadOnlyCollection<AnalysedClause> clauses, Witness witness)
    {
        var policies = clauses.SelectMany(c => c.Policies).ToDictionary(p => p.Id, StringComparer.Ordinal);
        var outcomes = PolicySet.Create(policies.Values.Select(p => p.Written)).Compile().Evaluate(witness.Request, witness.Store);
        var isPermitted = false;
        var seats = Seats.None;
        foreach (var outcome in outcomes.All)
        {
            var policy = policies[outcome.Policy.Id];
            if (policy.IsPermit)
            {
                isPermitted |= outcome.IsSatisfied;
            }
            else if (!outcome.IsSatisfied || policy.Hold is null)
            {
                return Need.Top;
            }
            else
            {
                seats = seats.Union(policy.Hold);
            }
        }

        return isPermitted ? new(seats) : Need.Top;
    }

    /// <summary>The red lines that a request lies in.</summary>
    public static IEnumerable<ClauseId> RedLinesOf(IEnumerable<AnalysedClause> clauses, Witness witness) =>
        from line in clauses
        where line.IsRedLine
        where PolicySet.Create(line.Policies.Select(p => p.Written)).Compile().Evaluate(witness.Request, witness.Store).All.Length > 0
        select line.Id;
}
