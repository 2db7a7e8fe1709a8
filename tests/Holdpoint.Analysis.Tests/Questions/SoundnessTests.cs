using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Tests.Symbolic;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Questions;

public sealed class SoundnessTests
{
    private const int Worlds = 60;

    [Fact]
    public async Task No_answer_is_contradicted_by_requests_at_random_and_the_solvers_never_disagree()
    {
        using var pool = InstalledSolvers.Pool(TimeSpan.FromSeconds(5), Patience.All);
        var analysis = new PolicyAnalysis(SampleSchema.Schema, pool);
        var (proved, refuted, unknown) = (0, 0, 0);
        for (var seed = 0; seed < TestScale.Of(20, 3_000); seed++)
        {
            var random = new Random(seed);
            var policy = SampleSchema.Policies(new RandomPolicies(random).Policy())[0];
            var typed = Validator.Type(policy, SampleSchema.Schema);
            if (!typed.IsValid)
            {
                continue;
            }

            var cancellation = TestContext.Current.CancellationToken;
            foreach (var (conclusion, isViolation) in ((Conclusion, Func<bool?, bool>)[])
            [
                (await analysis.NeverErrsAsync(policy, cancellation), outcome => outcome is null),
                (await analysis.AlwaysMatchesAsync(policy, cancellation), outcome => outcome is not true),
                (await analysis.NeverMatchesAsync(policy, cancellation), outcome => outcome is true),
            ])
            {
                Assert.DoesNotContain("fault", conclusion.Why ?? "", StringComparison.Ordinal);
                switch (conclusion.Result)
                {
                    case ProofResult.Refuted:
                        refuted++;
                        Assert.Empty(new EntityValidator(SampleSchema.Schema).Validate(conclusion.Witness!.Store));
                        Assert.Empty(
                            new EntityValidator(SampleSchema.Schema).FindDangling(conclusion.Witness.Store, conclusion.Witness.Request));
                        Assert.Null(new RequestValidator(SampleSchema.Schema).Validate(conclusion.Witness.Request));
                        Assert.True(
                            isViolation(Outcome(policy, conclusion.Witness)),
                            PolicyCompilerTests.Describe(seed, policy, conclusion.Witness));
                        break;
                    case ProofResult.Proved:
                        proved++;
                        Assert.All(AtRandom(typed.ByEnvironment[random.Next(2)], random), world =>
                            Assert.False(isViolation(Outcome(policy, world)), PolicyCompilerTests.Describe(seed, policy, world)));
                        break;
                    default:
                        unknown++;
                        break;
                }
            }
        }

        Assert.True(
            proved > TestScale.Of(3, 10) && refuted > TestScale.Of(12, 40), $"{proved} proved, {refuted} refuted, {unknown} unknown");
        TestContext.Current.SendDiagnosticMessage($"{proved} proved, {refuted} refuted, {unknown} unknown");
    }

    /// <returns>Whether the policy applies; null where it errs.</returns>
    private static bool? Outcome(Policy.Policy policy, Witness world)
    {
        var all = PolicySet.Create([policy]).Compile().Evaluate(world.Request, world.Store).All;
        return all.IsEmpty ? false : all[0].IsSatisfied ? true : null;
    }

    private static IEnumerable<Witness> AtRandom(Policy.Validation.Typed.TypedPolicy typed, Random random)
    {
        var store = new SymbolicStore(new TermFactory(), SampleSchema.Schema);
        var request = SymbolicRequest.Any(store, typed.Environment);
        for (var i = 0; i < Worlds; i++)
        {
            yield return Concretizer.Concretize(
                store, RandomWorlds.Model(store, request, random), [request], PolicyEntities.Of([typed.Policy]))[0];
        }
    }
}
