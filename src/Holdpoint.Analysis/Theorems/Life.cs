using System.Collections.Immutable;
using Holdpoint.Analysis.Questions;

namespace Holdpoint.Analysis.Theorems;

/// <summary>The questions of T6, which are the other way round: a request that answers them proves it.</summary>
internal static class Life
{
    /// <summary>need_C(x) ≠ need_C∖c(x), for a clause c that is no red line.</summary>
    public static Question OfClause(Stage stage, ImmutableArray<AnalysedClause> all, AnalysedClause clause)
    {
        var facts = stage.Facts(all.Where(c => !c.IsRedLine));
        var with = SymbolicNeed.Of(stage.Terms, facts);
        var without = SymbolicNeed.Of(stage.Terms, facts.Where(f => f.Clause != clause));
        return stage.Ask(
            Violations.Policies(facts),
            stage.Terms.Not(stage.Terms.And(with.Covers(stage.Terms, without), without.Covers(stage.Terms, with)))) with { IsBare = true };
    }

    /// <summary>Whether a policy matches a request.</summary>
    public static Question OfPolicy(Stage stage, AnalysedClause clause, AnalysedPolicy policy)
    {
        var symbolic = stage.Facts([clause]).Single().Policies.Single(p => p.Analysed == policy).Symbolic;
        return stage.Ask([symbolic], symbolic.Matches) with { IsBare = true };
    }
}
