using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Theorems;

/// <summary>Proves theorems 1 to 6 of agreements. Thread-safe; proofs share the solvers and wait for each other's queries.</summary>
public sealed class AgreementProver(SolverPool solvers)
{
    /// <summary>Tries to prove an agreement.</summary>
    /// <exception cref="SolverFault">The solvers contradict each other, or one broke. Nothing is proved then.</exception>
    public async Task<AgreementProof> ProveAsync(Agreement agreement, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        var theorems = await ProveAsync(agreement.Vocabulary.Schema, AnalysedClause.Of(agreement), KnownSubjects.Of(agreement), cancellation);
        return new(agreement.Bundle, solvers.Kinds, solvers.Patience, theorems);
    }

    internal async Task<ImmutableArray<TheoremResult>> ProveAsync(
        CedarSchema schema, ImmutableArray<AnalysedClause> clauses, KnownSubjects known, CancellationToken cancellation)
    {
        var typed = new TypedClauses(schema);
        var results = ImmutableArray.CreateBuilder<TheoremResult>();
        foreach (var policy in clauses.SelectMany(c => c.Policies))
        {
            if (typed.Errors(policy.Written).Concat(typed.Errors(policy.Loaded)).FirstOrDefault() is { } error)
            {
                return [new(Theorem.T4, IdOf(policy), ProofResult.Unknown, TimeSpan.Zero, [], $"the clause is not valid: {error.Message}")];
            }
        }

        ImmutableArray<Stage> stages = [.. schema.Environments.Select(e => new Stage(schema, e, typed) { Known = known })];
        foreach (var redLine in clauses.Where(c => c.IsRedLine))
        {
            results.Add(await ForAllAsync(Theorem.T1, redLine, stages, s => Violations.OfRedLine(s, clauses, redLine), cancellation));
        }

        if (!clauses.Any(c => c.IsRedLine))
        {
            results.Add(new(Theorem.T1, null, ProofResult.Refuted, TimeSpan.Zero, [], "the agreement has no red line, so nothing is beyond its clauses"));
        }

        foreach (var (theorem, violation) in ((Theorem, Func<Stage, AnalysedClause, Question>)[])
        [
            (Theorem.T2, (s, c) => Violations.OfClaims(s, clauses, c)),
            (Theorem.T3, (s, c) => Violations.OfDetectors(s, clauses, c)),
            (Theorem.T4, Violations.OfErrors),
            (Theorem.T5, (s, c) => Violations.OfHolds(s, clauses, c)),
        ])
        {
            foreach (var clause in clauses)
            {
                results.Add(await ForAllAsync(theorem, clause, stages, s => violation(s, clause), cancellation));
            }
        }

        foreach (var clause in clauses)
        {
            results.Add(await IsAliveAsync(clause, clauses, stages, cancellation));
        }

        return results.ToImmutable();

        Agreements.ClauseId? IdOf(AnalysedPolicy policy) => clauses.First(c => c.Policies.Contains(policy)).Id;
    }

    private async Task<TheoremResult> ForAllAsync(
        Theorem theorem, AnalysedClause clause, ImmutableArray<Stage> stages, Func<Stage, Question> violation, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        string? unknown = null;
        foreach (var stage in stages)
        {
            switch (await Inquiry.AskAsync(solvers, violation(stage), cancellation))
            {
                case Answer.Yes(var witnesses):
                    return new(theorem, clause.Id, ProofResult.Refuted, clock.Elapsed, witnesses);
                case Answer.Unknown(var why):
                    unknown = why;
                    break;
                case Answer.Fault fault:
                    return new(theorem, clause.Id, ProofResult.Unknown, clock.Elapsed, fault.Witnesses, Explain(fault));
            }
        }

        return new(theorem, clause.Id, unknown is null ? ProofResult.Proved : ProofResult.Unknown, clock.Elapsed, [], unknown);
    }

    private async Task<TheoremResult> IsAliveAsync(
        AnalysedClause clause, ImmutableArray<AnalysedClause> all, ImmutableArray<Stage> stages, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        ImmutableArray<Witness> witnesses = [];
        if (!clause.IsRedLine)
        {
            var makesDifference = await AnyAsync(stages, s => Life.OfClause(s, all, clause), cancellation);
            if (makesDifference is not Answer.Yes(var shown))
            {
                return Dead(makesDifference, "without this clause every request would need the same: it is dead");
            }

            witnesses = shown;
        }

        for (var i = 0; i < clause.Policies.Length; i++)
        {
            var policy = clause.Policies[i];
            var applies = await AnyAsync(stages, s => Life.OfPolicy(s, clause, policy), cancellation);
            if (applies is not Answer.Yes(var shown))
            {
                return Dead(applies, $"policy {i + 1} of the clause applies to no request");
            }

            witnesses = witnesses.IsEmpty ? shown : witnesses;
        }

        return new(Theorem.T6, clause.Id, ProofResult.Proved, clock.Elapsed, witnesses);

        TheoremResult Dead(Answer answer, string why) => answer switch
        {
            Answer.No => new(Theorem.T6, clause.Id, ProofResult.Refuted, clock.Elapsed, [], why),
            Answer.Fault fault => new(Theorem.T6, clause.Id, ProofResult.Unknown, clock.Elapsed, fault.Witnesses, Explain(fault)),
            _ => new(Theorem.T6, clause.Id, ProofResult.Unknown, clock.Elapsed, [], (answer as Answer.Unknown)?.Why),
        };
    }

    /// <summary>Yes if the answer is yes in some environment; no if it is no in all.</summary>
    private async Task<Answer> AnyAsync(ImmutableArray<Stage> stages, Func<Stage, Question> question, CancellationToken cancellation)
    {
        Answer result = new Answer.No();
        foreach (var stage in stages)
        {
            switch (await Inquiry.AskAsync(solvers, question(stage), cancellation))
            {
                case (Answer.Yes or Answer.Fault) and var definite:
                    return definite;
                case Answer.Unknown unknown:
                    result = unknown;
                    break;
            }
        }

        return result;
    }

    private static string Explain(Answer.Fault fault) =>
        $"a fault of the analysis: on this witness the evaluator does something else with {string.Join(", ", fault.Policies)}; please report it";
}
