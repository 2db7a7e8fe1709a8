using System.Collections.Immutable;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Counterexamples;

/// <summary>Holds what the analysis says of a witness against the evaluator that decides at run time.</summary>
internal static class Replay
{
    /// <summary>
    /// The ids of policies that do something else on the witness than the analysis says. Anything here is a fault of the analysis.
    /// </summary>
    public static ImmutableArray<string> Disagreements(Witness witness, IReadOnlyCollection<SymbolicPolicy> policies, Interpretation model)
    {
        var predicted = new TermEvaluator(model);
        var outcomes = PolicySet.Create(policies.Select(p => p.Policy)).Compile().Evaluate(witness.Request, witness.Store);
        var real = outcomes.All.ToArray().ToDictionary(o => o.Policy.Id, o => o.IsSatisfied, StringComparer.Ordinal);
        return
        [
            .. from policy in policies
               let id = policy.Policy.Id
               let matches = real.TryGetValue(id, out var satisfied) && satisfied
               let errs = real.ContainsKey(id) && !matches
               where predicted.IsTrue(policy.Matches) != matches || predicted.IsTrue(policy.Errs) != errs
               select id,
        ];
    }
}
