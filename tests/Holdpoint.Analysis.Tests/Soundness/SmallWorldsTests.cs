using System.Collections.Immutable;
using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Soundness;

public sealed class SmallWorldsTests
{
    // Where every world is tried the answer has to come, however busy the machine is; elsewhere it may stay away.
    private static readonly TimeSpan LongLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ShortLimit = TimeSpan.FromSeconds(TestScale.Of(2, 5));

    private readonly SmallTally _tally = new();

    [Fact]
    public async Task Every_answer_agrees_with_every_request_of_small_worlds_and_the_solvers_with_each_other()
    {
        Assert.SkipWhen(InstalledSolvers.All.IsEmpty, "neither z3 nor cvc5 is installed");
        ImmutableArray<SolverPool> certain = [.. InstalledSolvers.All.Select(s => new SolverPool([s], LongLimit))];
        ImmutableArray<SolverPool> quick = [.. InstalledSolvers.All.Select(s => new SolverPool([s], ShortLimit))];
        try
        {
            for (var seed = 0; seed < TestScale.Of(40, 1_000); seed++)
            {
                await CompareAsync(SmallCase.Of(seed), certain, quick);
                if (seed % 100 == 99)
                {
                    TestContext.Current.SendDiagnosticMessage(_tally.ToString());
                }
            }
        }
        finally
        {
            foreach (var pool in certain.AddRange(quick))
            {
                pool.Dispose();
            }
        }

        Assert.True(_tally is { Proved: > 60, Refuted: > 100, Counted: > 20 }, _tally.ToString());
        TestContext.Current.SendDiagnosticMessage(_tally.ToString());
    }

    private async Task CompareAsync(SmallCase @case, ImmutableArray<SolverPool> certain, ImmutableArray<SolverPool> quick)
    {
        var refutations = BruteForce(@case, out var areAll);
        _tally.Schemas++;
        foreach (var question in SmallQuestion.All)
        {
            var refutation = refutations.GetValueOrDefault(question.Name);
            var conclusions = await Task.WhenAll((areAll ? certain : quick).Select(pool =>
                question.AskAsync(new PolicyAnalysis(@case.Schema.Schema, pool), @case, TestContext.Current.CancellationToken)));
            foreach (var conclusion in conclusions)
            {
                Check(@case, question, conclusion, refutation, areAll);
            }

            var isContradiction = conclusions.Any(c => c.Result == ProofResult.Proved)
                && conclusions.Any(c => c.Result == ProofResult.Refuted);
            Assert.False(isContradiction, $"the solvers contradict each other: {question.Name}?\n{@case}");
            _tally.Questions++;
            _tally.Counted += areAll ? 1 : 0;
            _tally.AskedTwice += conclusions.Length > 1 && conclusions.All(c => c.Result != ProofResult.Unknown) ? 1 : 0;
        }
    }

    private void Check(SmallCase @case, SmallQuestion question, Conclusion conclusion, Request? refutation, bool areAll)
    {
        var about = $"{question.Name}? {conclusion.Result} {conclusion.Why}\n{@case}\n{refutation}";
        Assert.DoesNotContain("fault", conclusion.Why ?? "", StringComparison.Ordinal);
        Assert.False(conclusion.IsProved && refutation is not null, about);
        Assert.False(areAll && conclusion.Result != (refutation is null ? ProofResult.Proved : ProofResult.Refuted), about);
        _tally.Proved += conclusion.IsProved ? 1 : 0;
        _tally.Refuted += conclusion.Result == ProofResult.Refuted ? 1 : 0;
        _tally.Unknown += conclusion.Result == ProofResult.Unknown ? 1 : 0;
        if (conclusion.Result == ProofResult.Refuted)
        {
            var witness = conclusion.Witness!;
            Assert.True(question.IsRefutedBy(@case.Evaluate(witness.Request, witness.Store)), about);
            AssertConforms(@case, witness.Request, witness.Store);
        }
    }

    /// <summary>For each question that is refuted, a request that does it.</summary>
    private Dictionary<string, Request> BruteForce(SmallCase @case, out bool areAll)
    {
        var worlds = new SmallWorlds(@case);
        var refutations = new Dictionary<string, Request>(StringComparer.Ordinal);
        var isFirst = true;
        foreach (var (request, store) in worlds.List(new Random(@case.Seed), TestScale.Of(150, 500)))
        {
            if (isFirst)
            {
                AssertConforms(@case, request, store);
                isFirst = false;
            }

            var verdict = @case.Evaluate(request, store);
            _tally.Worlds++;
            foreach (var question in SmallQuestion.All)
            {
                if (question.IsRefutedBy(verdict))
                {
                    refutations.TryAdd(question.Name, request);
                }
            }
        }

        areAll = worlds.AreAll;
        return refutations;
    }

    private static void AssertConforms(SmallCase @case, Request request, EntityStore store)
    {
        var about = @case.ToString();
        Assert.True(new RequestValidator(@case.Schema.Schema).Validate(request) is null, about);
        Assert.True(!new EntityValidator(@case.Schema.Schema).Validate(store).Any(), about);
        Assert.True(!new EntityValidator(@case.Schema.Schema).FindDangling(store, request).Any(), about);
    }
}
