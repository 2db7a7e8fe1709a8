using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Theorems;

/// <summary>Proves theorems 1 to 6 of agreements. Thread-safe; proofs share the solvers and wait for each other's queries.</summary>
public sealed class AgreementProver(SolverPool solvers)
{
    // Enough to keep two solvers busy: each answers one query at a time, and one is often slower than the other.
    private const int AtOnce = 4;

    /// <summary>Tries to prove an agreement.</summary>
    /// <exception cref="SolverException">The solvers contradict each other, or one broke. Nothing is proved then.</exception>
    public async Task<AgreementProof> ProveAsync(Agreement agreement, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        var theorems = await ProveAsync(
            agreement.Vocabulary.Schema, AnalysedClause.Of(agreement), KnownSubjects.Of(agreement), null, cancellation);
        return new(agreement.Bundle, solvers.Kinds, solvers.Patience, theorems);
    }

    internal async Task<ImmutableArray<TheoremResult>> ProveAsync(
        CedarSchema schema, ImmutableArray<AnalysedClause> clauses, KnownSubjects known,
        Func<Theorem, ClauseId, bool>? only, CancellationToken cancellation)
    {
        var typed = new TypedClauses(schema);
        foreach (var policy in clauses.SelectMany(c => c.Policies))
        {
            if (typed.Errors(policy.Written).Concat(typed.Errors(policy.Loaded)).FirstOrDefault() is { } error)
            {
                return [new(Theorem.T4, IdOf(policy), ProofResult.Unknown, TimeSpan.Zero, [], $"the clause is not valid: {error.Message}")];
            }
        }

        ImmutableArray<Stage> stages = [.. schema.Environments.Select(e => new Stage(schema, e, typed) { Known = known })];
        List<Task<TheoremResult>> running = [];
        using var places = new SemaphoreSlim(AtOnce);
        foreach (var theorem in Enum.GetValues<Theorem>().Where(t => t != Theorem.T7))
        {
            if (theorem == Theorem.T1 && !clauses.Any(c => c.IsRedLine))
            {
                running.Add(Task.FromResult<TheoremResult>(new(
                    theorem, null, ProofResult.Refuted, TimeSpan.Zero, [],
                    "the agreement has no red line, so nothing is beyond its clauses")));
            }

            foreach (var clause in clauses.Where(c => (theorem != Theorem.T1 || c.IsRedLine) && (only is null || only(theorem, c.Id))))
            {
                running.Add(InTurnAsync(theorem, clause));
            }
        }

        return [.. await Task.WhenAll(running)];

        async Task<TheoremResult> InTurnAsync(Theorem theorem, AnalysedClause clause)
        {
            await places.WaitAsync(cancellation);
            try
            {
                if (theorem == Theorem.T4 && clause.Policies.Any(p => typed.ReadsNamedEntity(p.Written)))
                {
                    return new(
                        theorem, clause.Id, ProofResult.Unknown, TimeSpan.Zero, [],
                        "it reads data of an entity that it names, which need not be in the store of a call");
                }

                // Off this thread: making questions takes as long as answering them.
                return await Task.Run(
                    () => theorem == Theorem.T6
                        ? IsAliveAsync(clause, clauses, stages, cancellation)
                        : ForAllAsync(theorem, clause, stages, stage => Violation(theorem, stage, clauses, clause), cancellation),
                    cancellation);
            }
            finally
            {
                places.Release();
            }
        }

        ClauseId? IdOf(AnalysedPolicy policy) => clauses.First(c => c.Policies.Contains(policy)).Id;
    }

    private static Question Violation(
        Theorem theorem, Stage stage, ImmutableArray<AnalysedClause> clauses, AnalysedClause clause) => theorem switch
    {
        Theorem.T1 => Violations.OfRedLine(stage, clauses, clause),
        Theorem.T2 => Violations.OfClaims(stage, clauses, clause),
        Theorem.T3 => Violations.OfDetectors(stage, clauses, clause),
        Theorem.T4 => Violations.OfErrors(stage, clause),
        Theorem.T5 => Violations.OfHolds(stage, clauses, clause),
        _ => throw new UnreachableException(),
    };

    private async Task<TheoremResult> ForAllAsync(
        Theorem theorem, AnalysedClause clause, ImmutableArray<Stage> stages,
        Func<Stage, Question> violation, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        string? unknown = null;
        foreach (var stage in stages)
        {
            switch (await Inquiry.AskAsync(solvers, stage.Make(violation), cancellation))
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
        if (!clause.IsRedLine
            && await AnyAsync(stages, s => Life.OfClause(s, all, clause), cancellation) is var difference and not Answer.Yes)
        {
            return Dead(difference, "without this clause every request would need the same: it is dead");
        }

        for (var i = 0; i < clause.Policies.Length; i++)
        {
            var policy = clause.Policies[i];
            if (await AnyAsync(stages, s => Life.OfPolicy(s, clause, policy), cancellation) is var applies and not Answer.Yes)
            {
                return Dead(applies, $"policy {i + 1} of the clause applies to no request");
            }
        }

        return new(Theorem.T6, clause.Id, ProofResult.Proved, clock.Elapsed, []);

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
            switch (await Inquiry.AskAsync(solvers, stage.Make(question), cancellation))
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
        "a fault of the analysis: on this witness the evaluator does something else with "
        + $"{string.Join(", ", fault.Policies)}; please report it";
}
