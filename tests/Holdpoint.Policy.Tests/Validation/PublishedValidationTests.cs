using System.Text;
using System.Text.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Validation;

public sealed class PublishedValidationTests
{
    [Fact]
    public void The_verdicts_of_the_reference_are_given_on_its_whole_corpus_in_both_modes()
    {
        var corpus = TestData.Entries("cedar/corpus.tar.gz");
        var verdicts = TestData.Entries("cedar/validation.tar.gz").Where(e => e.Key.EndsWith(".validation.json", StringComparison.Ordinal));
        var wrong = new List<string>();
        var compared = 0;
        foreach (var (path, bytes) in verdicts)
        {
            var id = Path.GetFileName(path).Split('.')[0];
            using var expected = JsonDocument.Parse(bytes);
            var verdict = expected.RootElement.GetProperty("policyValidation");
            var policies = Parse(Text(corpus, $"corpus/{id}.cedar"));
            var schema = ReadSchema(Text(corpus, $"corpus/{id}.cedarschema"));
            foreach (var mode in Enum.GetValues<ValidationMode>())
            {
                var result = Validator.Validate(policies, schema, mode);
                if (result.IsValid != verdict.GetProperty(mode == ValidationMode.Strict ? "strict" : "permissive").GetBoolean())
                {
                    wrong.Add($"{id} {mode}: {string.Join("; ", result.Errors)}");
                }
            }

            compared++;
        }

        Assert.Empty(wrong);
        Assert.True(compared > 5_000);
    }

    [Fact]
    public void Errors_and_warnings_name_the_policies_templates_and_links_that_the_reference_names()
    {
        var wrong = new List<string>();
        var compared = 0;
        foreach (var (path, bytes) in TestData.Entries("cedar/multi.tar.gz").Where(e => e.Key.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var document = JsonDocument.Parse(bytes);
            var scenario = document.RootElement;
            var result = Validator.Validate(ReadPolicies(scenario), ReadSchema(scenario.GetProperty("schema").GetString()!));
            var expected = scenario.GetProperty("validation");
            Compare("errors", result.Errors);
            Compare("warnings", result.Warnings);
            compared++;

            void Compare(string what, IEnumerable<ValidationFinding> found)
            {
                var reference = expected.GetProperty(what).EnumerateArray().Select(e => e.GetString()!).ToHashSet();
                if (!reference.SetEquals(found.Select(f => f.PolicyId)))
                {
                    var ours = found.Where(f => !reference.Contains(f.PolicyId));
                    wrong.Add($"{path}: {what} missing {string.Join(", ", reference.Except(found.Select(f => f.PolicyId)))}, "
                        + $"extra {string.Join("; ", ours)}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(compared >= 600);
    }

    private static PolicySet ReadPolicies(JsonElement scenario)
    {
        var parsed = PolicyParser.Parse(scenario.GetProperty("policies").GetString()!);
        var templates = scenario.GetProperty("templates").EnumerateObject()
            .Select(t => new Template(PolicyParser.Parse(t.Value.GetString()!).Templates.Single().Body with { Id = t.Name }));
        var links = scenario.GetProperty("links").EnumerateArray().Select(link => new TemplateLink(
            link.GetProperty("templateId").GetString()!, link.GetProperty("newId").GetString()!,
            Slot(link, "?principal"), Slot(link, "?resource")));
        return PolicySet.Create(parsed.Policies, templates, links);

        static EntityUid? Slot(JsonElement link, string slot) => link.GetProperty("values").TryGetProperty(slot, out var uid)
            ? new EntityUid(uid.GetProperty("type").GetString()!, uid.GetProperty("id").GetString()!)
            : null;
    }

    private static CedarSchema ReadSchema(string text)
    {
        var parsed = SchemaParser.Parse(text);
        Assert.Empty(parsed.Diagnostics);
        var resolved = CedarSchema.Resolve(parsed.Document!);
        Assert.Empty(resolved.Diagnostics);
        return resolved.Schema!;
    }

    private static PolicySet Parse(string text)
    {
        var parsed = PolicyParser.Parse(text);
        Assert.Empty(parsed.Diagnostics);
        return PolicySet.Create(parsed.Policies, parsed.Templates);
    }

    private static string Text(IReadOnlyDictionary<string, byte[]> files, string path) => Encoding.UTF8.GetString(files[path]);
}
