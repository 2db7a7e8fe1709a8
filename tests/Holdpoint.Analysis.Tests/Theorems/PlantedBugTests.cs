using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Changes;
using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Theorems;

namespace Holdpoint.Analysis.Tests.Theorems;

public sealed class PlantedBugTests
{
    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(b => b.ToString())];

    [Theory, MemberData(nameof(Bugs))]
    public async Task A_planted_bug_is_found_by_the_theorem_that_is_about_it(string name)
    {
        var bug = PlantedBug.All.Single(b => b.ToString() == name);
        var clauses = bug.Clauses();
        using var pool = InstalledSolvers.Pool(patience: Patience.First);

        var results = await new AgreementProver(pool).ProveAsync(
            Vocabulary.BuiltIn.Schema, clauses, KnownSubjects.None,
            (t, c) => t == bug.Theorem && c.Value == bug.Clause, TestContext.Current.CancellationToken);

        var found = Assert.Single(results);
        Assert.Equal(ProofResult.Refuted, found.Result);
        Assert.True(Shows(found, clauses), $"{string.Join(" | ", found.Witnesses.Select(w => w.Request))}");
    }

    [Fact]
    public async Task A_clause_that_reads_data_of_an_entity_that_it_names_is_not_proved_to_never_err()
    {
        using var pool = InstalledSolvers.Pool(patience: Patience.First);
        var clauses = new DraftClauses().Edit(
            "clauses/suspension", "context.suspended",
            "context.suspended && Holdpoint::Tool::\"drill\".effect == Holdpoint::EffectClass::\"kinetic\"").Read();

        var results = await new AgreementProver(pool).ProveAsync(
            Vocabulary.BuiltIn.Schema, clauses, KnownSubjects.None,
            (t, c) => t == Theorem.T4 && c.Value == "suspension", TestContext.Current.CancellationToken);

        Assert.Equal(ProofResult.Unknown, Assert.Single(results).Result);
    }

    [Fact]
    public async Task An_agreement_without_red_lines_does_not_prove_the_first_theorem()
    {
        using var pool = InstalledSolvers.Pool(patience: Patience.First);
        var clauses = DraftClauses.Shipped.RemoveAll(c => c.IsRedLine);

        var results = await new AgreementProver(pool).ProveAsync(
            Vocabulary.BuiltIn.Schema, clauses, KnownSubjects.None, (t, _) => t == Theorem.T1, TestContext.Current.CancellationToken);

        Assert.Equal(ProofResult.Refuted, Assert.Single(results).Result);
    }

    [Fact]
    public void There_are_bugs_for_every_theorem() =>
        Assert.Equal(Enum.GetValues<Theorem>().Except([Theorem.T7]), PlantedBug.All.Select(b => b.Theorem).Distinct().Order());

    /// <summary>Whether the witnesses show, by the evaluator alone, what the theorem rules out.</summary>
    private static bool Shows(TheoremResult result, ImmutableArray<AnalysedClause> all)
    {
        var witnesses = result.Witnesses;
        switch (result.Theorem)
        {
            case Theorem.T1:
                var line = all.Single(c => c.Id == result.Clause);
                var need = WrittenNeed.Of([.. all.Where(c => !c.IsRedLine)], witnesses[0]);
                return WrittenNeed.RedLinesOf([line], witnesses[0]).Any() && !need.Covers(new(line.Policies[0].Hold));
            case Theorem.T2 or Theorem.T3:
                return !WrittenNeed.Of(all, witnesses[1]).Covers(WrittenNeed.Of(all, witnesses[0]));
            case Theorem.T4:
                return Errs(all.Single(c => c.Id == result.Clause), witnesses[0]);
            case Theorem.T5:
                return Allows(all, witnesses[0]) != IsWithin(WrittenNeed.Of(all, witnesses[0]), witnesses[0]);
            default:
                return result.Why is not null;
        }
    }

    private static bool Errs(AnalysedClause clause, Witness witness) =>
        Policy.PolicySet.Create(clause.Policies.Select(p => p.Written))
            .Compile()
            .Evaluate(witness.Request, witness.Store).All.ToArray()
            .Any(o => !o.IsSatisfied);

    private static bool Allows(ImmutableArray<AnalysedClause> all, Witness witness)
    {
        var outcomes = Policy.PolicySet.Create(all.SelectMany(c => c.Policies).Select(p => p.Loaded))
            .Compile()
            .Evaluate(witness.Request, witness.Store).All.ToArray();
        return outcomes.Any(o => o.IsSatisfied && o.Policy.Effect == Policy.Effect.Permit)
            && !outcomes.Any(o => o.Policy.Effect == Policy.Effect.Forbid);
    }

    private static bool IsWithin(Need need, Witness witness)
    {
        witness.Request.Context.TryGetValue("seats", out var filled);
        return need.Seats is { } seats
            && seats.All(
                seat => ((Policy.SetValue)filled!).Contains(Policy.Value.Of(new Policy.EntityUid("Holdpoint::Seat", seat.ToString()))));
    }
}
