using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Questions;

/// <summary>Cedar's own corpus: no recorded request may refute what is proved of its policy.</summary>
public sealed class CorpusTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task No_recorded_request_refutes_a_proof()
    {
        var files = TestData.Entries("cedar/corpus.tar.gz");
        var tests = files.Keys.Where(
            f => f.EndsWith(".json", StringComparison.Ordinal) && !f.EndsWith(".entities.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();

        // Spread over the whole corpus, which lists like tests side by side.
        var stride = TestScale.Of(120, 1);
        using var pool = InstalledSolvers.Pool(Limit, Patience.First);
        var (asked, answered, compared, clock) = (0, 0, 0, Stopwatch.StartNew());
        for (var i = 0; i < tests.Count; i += stride)
        {
            using var test = JsonDocument.Parse(files[tests[i]]);
            if (!test.RootElement.GetProperty("shouldValidate").GetBoolean())
            {
                continue;
            }

            var stem = tests[i][..^".json".Length];
            var policy = PolicyParser.Parse(Text(files, stem + ".cedar")).Policies[0];
            var parsed = SchemaParser.Parse(Text(files, stem + ".cedarschema"));
            var schema = CedarSchema.Resolve(parsed.Document!).Schema!;
            Assert.True(Validator.Type(policy, schema).IsValid, stem);
            var analysis = new PolicyAnalysis(schema, pool);
            var cancellation = TestContext.Current.CancellationToken;
            foreach (var (name, conclusion) in ((string, Conclusion)[])
            [
                ("never errs", await analysis.NeverErrsAsync(policy, cancellation)),
                ("always matches", await analysis.AlwaysMatchesAsync(policy, cancellation)),
                ("never matches", await analysis.NeverMatchesAsync(policy, cancellation)),
            ])
            {
                asked++;
                answered += conclusion.Result == ProofResult.Unknown ? 0 : 1;
                Assert.DoesNotContain("fault", conclusion.Why ?? "", StringComparison.Ordinal);
                if (conclusion.IsProved)
                {
                    foreach (var request in test.RootElement.GetProperty("requests").EnumerateArray().Where(r => IsInScope(
                        r, policy, schema, files[stem + ".entities.json"])))
                    {
                        compared++;
                        Assert.False(Refutes(name, policy, request), $"{stem}: {name}");
                    }
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{answered} of {asked} questions answered within {Limit.TotalSeconds} s each, "
            + $"{compared} recorded requests held against proofs, {clock.Elapsed.TotalSeconds:0} s in all");
        Assert.True(answered > asked * 9 / 10, $"{answered} of {asked}");
    }

    /// <summary>
    /// Proofs are about valid requests on closed stores. Half of the recorded stores name entities that they do not have.
    /// </summary>
    private static bool IsInScope(JsonElement request, Policy.Policy policy, CedarSchema schema, byte[] entities)
    {
        var (asked, store) =
            (RequestJson.Parse(Encoding.UTF8.GetBytes(request.GetRawText()), schema).Value, EntitiesJson.Parse(entities, schema).Value);
        if (asked is null || store is null)
        {
            return false;
        }

        var named = Value.Set(PolicyEntities.Of([policy]));
        var all = asked with { Context = Value.Record(asked.Context.Fields.Append(new("\0entities that the policy names", named))) };
        return new EntityValidator(schema).FindDangling(store, all).IsEmpty;
    }

    private static bool Refutes(string name, Policy.Policy policy, JsonElement request)
    {
        var errs = request.GetProperty("errors").GetArrayLength() > 0;
        var isForbid = policy.Effect == Effect.Forbid;
        var matches = request.GetProperty("reason").GetArrayLength() > 0;
        return name switch
        {
            "never errs" => errs,
            "always matches" => !matches,
            _ => matches && (isForbid || request.GetProperty("decision").GetString() == "allow"),
        };
    }

    private static string Text(IReadOnlyDictionary<string, byte[]> files, string name) => Encoding.UTF8.GetString(files[name]);
}
