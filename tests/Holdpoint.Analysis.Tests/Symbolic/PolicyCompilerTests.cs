using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Symbolic;

public sealed class PolicyCompilerTests
{
    private static readonly CedarSchema Schema = SampleSchema.Schema;

    [Fact]
    public void What_the_analysis_says_of_a_request_is_what_the_evaluator_does()
    {
        var (compared, matched, erred) = (0, 0, 0);
        for (var seed = 0; seed < TestScale.Of(400, 30_000); seed++)
        {
            var random = new Random(seed);
            var policy = SampleSchema.Policies(new RandomPolicies(random).Policy())[0];
            foreach (var typed in Validator.Type(policy, Schema).ByEnvironment)
            {
                var store = new SymbolicStore(new TermFactory(), Schema);
                var request = SymbolicRequest.Any(store, typed.Environment);
                var symbolic = new PolicyCompiler(store, request).Compile(typed);
                for (var i = 0; i < 10; i++)
                {
                    var model = RandomWorlds.Model(store, request, random);
                    var witness = Concretizer.Concretize(store, model, [request], PolicyEntities.Of([policy]))[0];

                    Assert.True(Replay.Disagreements(witness, [symbolic], model).IsEmpty, Describe(seed, policy, witness));
                    compared++;
                    matched += new TermEvaluator(model).IsTrue(symbolic.Matches) ? 1 : 0;
                    erred += new TermEvaluator(model).IsTrue(symbolic.Errs) ? 1 : 0;
                }
            }
        }

        Assert.True(matched > compared / 20 && erred > compared / 200, $"{compared} compared, {matched} matched, {erred} erred");
    }

    internal static string Describe(int seed, Policy.Policy policy, Witness witness)
    {
        string[] entities =
            [.. witness.Entities.Select(e => $"  {e.Uid} in [{string.Join(", ", e.Parents)}] {e.Attributes} tags {e.Tags}")];
        return string.Join('\n', [$"seed {seed}: {policy}", witness.Request.ToString(), .. entities, witness.Request.Context.ToString()]);
    }
}
