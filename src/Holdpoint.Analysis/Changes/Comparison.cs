using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Changes;

/// <summary>
/// Compares two sets of clauses request by request. Each clause that was changed is looked at by itself, and where it was added or taken
/// away each of its policies; what the change cannot touch is not asked about.
/// </summary>
internal sealed class Comparison(
    SolverPool solvers, CedarSchema schema, ImmutableArray<AnalysedClause> before,
    ImmutableArray<AnalysedClause> after, KnownSubjects known)
{
    private readonly TypedClauses _typed = new(schema);
    private readonly List<Change> _changes = [];
    private readonly SortedSet<string> _notProved = new(StringComparer.Ordinal);

    /// <param name="showsStopped">Whether to show too what the clauses alone would loosen and a red line still stops.</param>
    /// <param name="cancellation">Ends the comparison.</param>
    public async Task<Difference> CompareAsync(bool showsStopped, CancellationToken cancellation)
    {
        if (before.Concat(after).SelectMany(c => c.Policies).SelectMany(p => _typed.Errors(p.Written)).FirstOrDefault() is { } error)
        {
            return new([], [$"a clause is not valid: {error.Message}"]);
        }

        foreach (var environment in schema.Environments)
        {
            var stage = new Stage(schema, environment, _typed) { Known = known };
            foreach (var clause in ChangedClauses())
            {
                foreach (var (policy, differs) in Differences(stage, clause))
                {
                    await FindAsync(stage, clause, policy, differs, showsStopped, cancellation);
                }
            }
        }

        return new(
            [.. _changes.OrderBy(c => !c.IsLooser).ThenBy(c => c.Clause.Value, StringComparer.Ordinal).ThenBy(c => c.Policy)],
            [.. _notProved]);
    }

    private IEnumerable<ClauseId> ChangedClauses() =>
        before.Concat(after).Select(c => c.Id).Distinct().Where(id =>
            (Find(before, id), Find(after, id)) is not ({ } old, { } now) || !old.IsSameAs(now))
            .OrderBy(id => id.Value, StringComparer.Ordinal);

    /// <summary>On which requests a clause does not do what it did, in parts that are shown apart.</summary>
    private IEnumerable<(int? Policy, Term Differs)> Differences(Stage stage, ClauseId clause)
    {
        var (old, now) = (Find(before, clause), Find(after, clause));
        if (old is null || now is null)
        {
            var policies = stage.Facts([(old ?? now)!])[0].Policies;
            return policies.Select((p, i) => ((int?)(i + 1), stage.Terms.Or(p.Symbolic.Matches, p.Symbolic.Errs)));
        }

        var terms = stage.Terms;
        var (x, y) = (stage.Facts([old])[0], stage.Facts([now])[0]);
        var (a, b) = (SymbolicNeed.Of(terms, [x], permitAll: true), SymbolicNeed.Of(terms, [y], permitAll: true));
        var isSame = terms.And(a.Covers(terms, b), b.Covers(terms, a), terms.Equal(Permits(terms, x), Permits(terms, y)));
        return [(null, terms.Not(isSame))];
    }

    private async Task FindAsync(Stage stage, ClauseId clause, int? policy, Term differs, bool showsStopped, CancellationToken cancellation)
    {
        if (differs.IsFalse)
        {
            // The change cannot touch this kind of request.
            return;
        }

        var terms = stage.Terms;
        var (old, now) = (stage.Facts(before), stage.Facts(after));
        var (needOld, needNow) = (SymbolicNeed.Of(terms, old), SymbolicNeed.Of(terms, now));
        var policies = Violations.Policies(old.Concat(now));
        foreach (var transition in Transitions(terms, needOld, needNow))
        {
            await TryAsync(stage, policies, clause, policy, [differs, transition], isStopped: false, cancellation);
        }

        if (showsStopped && before.Any(c => c.IsRedLine))
        {
            var (aloneOld, aloneNow) = (Alone(terms, old), Alone(terms, now));
            var isLooser = terms.Not(aloneNow.Covers(terms, aloneOld));
            await TryAsync(
                stage, policies, clause, policy, [differs, isLooser, needNow.Covers(terms, needOld)], isStopped: true, cancellation);
        }
    }

    private async Task TryAsync(
        Stage stage, ImmutableArray<SymbolicPolicy> policies, ClauseId clause, int? policy, ImmutableArray<Term> required, bool isStopped,
        CancellationToken cancellation)
    {
        switch (await Inquiry.AskAsync(solvers, stage.Ask(policies, required), cancellation))
        {
            case Answer.Yes(var witnesses):
                var (old, now) = isStopped ? (ClausesOf(before), ClausesOf(after)) : (before, after);
                _changes.Add(new(
                    clause,
                    policy,
                    WrittenNeed.Of(old, witnesses[0]),
                    WrittenNeed.Of(now, witnesses[0]),
                    witnesses[0],
                    isStopped ? [.. WrittenNeed.RedLinesOf(after, witnesses[0])] : []));
                break;
            case Answer.Unknown(var why):
                _notProved.Add($"{clause}: {why}");
                break;
            case Answer.Fault(_, var disagreeing):
                _notProved.Add($"{clause}: a fault of the analysis about {string.Join(", ", disagreeing)}; please report it");
                break;
        }
    }

    /// <summary>The ways in which a request can fare differently.</summary>
    private static IEnumerable<Term> Transitions(TermFactory terms, SymbolicNeed before, SymbolicNeed after)
    {
        Func<SymbolicNeed, Term>[] standings = [n => n.IsNothing(terms), n => n.IsHold(terms), n => n.Top];
        foreach (var from in standings)
        {
            foreach (var to in standings.Where(to => to != from))
            {
                yield return terms.And(from(before), to(after));
            }
        }

        var bothHold = terms.And(before.IsHold(terms), after.IsHold(terms));
        yield return terms.And(bothHold, terms.Not(after.Covers(terms, before)));
        yield return terms.And(bothHold, after.Covers(terms, before), terms.Not(before.Covers(terms, after)));
    }

    private static SymbolicNeed Alone(TermFactory terms, IEnumerable<ClauseFacts> facts) =>
        SymbolicNeed.Of(terms, facts.Where(f => !f.Clause.IsRedLine));

    private static ImmutableArray<AnalysedClause> ClausesOf(ImmutableArray<AnalysedClause> all) => [.. all.Where(c => !c.IsRedLine)];

    private static Term Permits(TermFactory terms, ClauseFacts facts) =>
        terms.Or(facts.Policies.Where(p => p.Analysed.IsPermit).Select(p => p.Symbolic.Matches));

    private static AnalysedClause? Find(ImmutableArray<AnalysedClause> clauses, ClauseId id) => clauses.FirstOrDefault(c => c.Id == id);
}
