using System.Collections.Immutable;
using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Theorems;

/// <summary>
/// The formulas of docs/reference/proofs.md, each as the question whether some request breaks it on account of one clause. Together the
/// answers for all clauses are the theorem: what breaks it for the whole breaks it for a clause.
/// </summary>
internal static class Violations
{
    /// <summary>
    /// T1: need_C(x) ⊉ need_r(x), for a red line r with everything permitted. Need is a union, so R is covered when each r is.
    /// </summary>
    public static Question OfRedLine(Stage stage, ImmutableArray<AnalysedClause> all, AnalysedClause redLine)
    {
        var clauses = stage.Facts(all.Where(c => !c.IsRedLine));
        var line = stage.Facts([redLine]);
        var needed = SymbolicNeed.Of(stage.Terms, line, permitAll: true);
        return stage.Ask(
            Policies(clauses.AddRange(line)), stage.Terms.Not(SymbolicNeed.Of(stage.Terms, clauses).Covers(stage.Terms, needed)));
    }

    /// <summary>T2: need_B(x with claims) ⊉ need_B(x with none).</summary>
    public static Question OfClaims(Stage stage, ImmutableArray<AnalysedClause> all, AnalysedClause clause) =>
        SituationRules.Apply(stage.Request)
            ? Loosening(stage, all, clause, stage.Rules.WithoutClaims(stage.Request), stage.Request, stage.Terms.True)
            : stage.Ask([], stage.Terms.False);

    /// <summary>T3: x ≤ y in signals, counts and exposure, both valid, and need_B(y) ⊉ need_B(x).</summary>
    public static Question OfDetectors(Stage stage, ImmutableArray<AnalysedClause> all, AnalysedClause clause)
    {
        if (!SituationRules.Apply(stage.Request))
        {
            return stage.Ask([], stage.Terms.False);
        }

        var (raised, isMore) = stage.Rules.Raised(stage.Request);
        return Loosening(stage, all, clause, stage.Request, raised, stage.Terms.And(isMore, stage.Rules.Invariants(raised)));
    }

    /// <summary>T4: a policy of the clause errs.</summary>
    public static Question OfErrors(Stage stage, AnalysedClause clause)
    {
        var facts = stage.Facts([clause]);
        return stage.Ask(Policies(facts), stage.Terms.Or(Policies(facts).Select(p => p.Errs)));
    }

    /// <summary>T5: loaded B allows (x, s) but not need_B(x) ⊆ s, or the other way round.</summary>
    public static Question OfHolds(Stage stage, ImmutableArray<AnalysedClause> all, AnalysedClause clause)
    {
        var terms = stage.Terms;
        if (!SituationRules.Apply(stage.Request))
        {
            return stage.Ask([], terms.False);
        }

        var loaded = all.SelectMany(c => c.Policies).ToDictionary(p => p.Id, stage.Loaded, StringComparer.Ordinal);
        var facts = stage.Facts(all);
        var policies = loaded.Values.ToLookup(p => p.Policy.Effect == Policy.Effect.Permit);
        var allows = terms.And(
            terms.Or(policies[true].Select(p => p.Matches)),
            terms.Not(terms.Or(policies[false].Select(p => terms.Or(p.Matches, p.Errs)))));
        var suffices = SymbolicNeed.Of(terms, facts).IsWithin(terms, seat => stage.Rules.IsFilled(stage.Store, stage.Request, seat));

        // What loading is to make of each policy of the clause.
        var differs = facts.First(f => f.Clause == clause).Policies.Select(p =>
        {
            var isLifted = p.Analysed.Hold is { } hold
                ? terms.And(hold.Select(seat => stage.Rules.IsFilled(stage.Store, stage.Request, seat)))
                : terms.False;
            var (before, after) = (p.Symbolic, loaded[p.Analysed.Id]);
            return terms.Or(
                terms.Constant(before.Policy.Effect != after.Policy.Effect),
                terms.Not(terms.Equal(after.Matches, terms.And(before.Matches, terms.Not(isLifted)))),
                terms.Not(terms.Equal(after.Errs, before.Errs)));
        });
        return stage.Ask(loaded.Values, terms.Or(differs), terms.Not(terms.Equal(allows, suffices)));
    }

    private static Question Loosening(
        Stage stage, ImmutableArray<AnalysedClause> all, AnalysedClause clause,
        SymbolicRequest before, SymbolicRequest after, Term isRelated)
    {
        var terms = stage.Terms;
        var (old, now) = (stage.Facts(all, before), stage.Facts(all, after));
        var (mineOld, mineNow) = (old.First(f => f.Clause == clause), now.First(f => f.Clause == clause));
        var permitsMore = mineOld.Policies.Zip(mineNow.Policies)
            .Where(p => p.First.Analysed.IsPermit)
            .Select(p => terms.And(p.Second.Symbolic.Matches, terms.Not(p.First.Symbolic.Matches)));
        var forbidsLess = terms.Not(
            SymbolicNeed.Of(terms, [mineNow], permitAll: true).Covers(terms, SymbolicNeed.Of(terms, [mineOld], permitAll: true)));
        var isLooser = terms.Not(SymbolicNeed.Of(terms, now).Covers(terms, SymbolicNeed.Of(terms, old)));
        return new(
            stage.Store,
            [stage.Valid, isRelated, terms.Or([forbidsLess, .. permitsMore]), isLooser],
            [new(before, Policies(old)), new(after, Policies(now))]) { Wishes = stage.Wishes };
    }

    public static ImmutableArray<SymbolicPolicy> Policies(IEnumerable<ClauseFacts> facts) =>
        [.. facts.SelectMany(f => f.Policies).Select(p => p.Symbolic)];
}
