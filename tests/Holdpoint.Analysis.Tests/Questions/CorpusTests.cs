using System.Diagnostics;
using System.Text.Json;
using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Theorems;
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
        var tests = files.Keys.Where(f => f.EndsWith(".json", StringComparison.Ordinal) && !f.EndsWith(".entities.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();

        // Spread over the whole corpus, which lists like tests side by side.
        var stride = TestScale.Of(120, 1);
        using var pool = InstalledSolvers.Pool(Limit, Patience.First);
        var (asked, answered, clock) = (0, 0, Stopwatch.StartNew());
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
                    Assert.All(test.RootElement.GetProperty("requests").EnumerateArray().Where(IsValid), r => Assert.False(Refutes(name, policy, r), $"{stem}: {name}"));
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{answered} of {asked} questions answered within {Limit.TotalSeconds} s each, {clock.Elapsed.TotalSeconds:0} s in all");
        Assert.True(answered > asked * 9 / 10, $"{answered} of {asked}");
    }

    private static bool IsValid(JsonElement request) => !request.TryGetProperty("validateRequest", out var valid) || valid.GetBoolean();

    private static bool Refutes(string name, Policy.Policy policy, JsonElement request)
    {
        var errs = request.GetProperty("errors").GetArrayLength() > 0;
        var isForbid = policy.Effect == Policy.Effect.Forbid;
        var matches = request.GetProperty("reason").GetArrayLength() > 0;
        return name switch
        {
            "never errs" => errs,
            "always matches" => !matches,
            _ => matches && (isForbid || request.GetProperty("decision").GetString() == "allow"),
        };
    }

    private static string Text(IReadOnlyDictionary<string, byte[]> files, string name) => System.Text.Encoding.UTF8.GetString(files[name]);
}
