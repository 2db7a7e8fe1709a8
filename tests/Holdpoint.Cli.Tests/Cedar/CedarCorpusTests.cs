using System.Text.Json;
using Holdpoint.Cli.Cedar;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Cedar;

public sealed class CedarCorpusTests
{
    [Fact]
    public void Every_request_of_the_published_corpus_agrees_with_the_reference()
    {
        var tally = new CorpusTally();
        var complaints = CorpusReader.ReadAll(InMemory("cedar/corpus.tar.gz")).SelectMany(t => t.Run(tally)).ToList();

        Assert.Empty(complaints);
        Assert.Equal((5_474, 43_792), (tally.Tests, tally.Requests));
        Assert.Equal((43_792, 43_792, 43_792), (tally.Decision, tally.Reasons, tally.Errors));
        Assert.Equal(5_474, tally.Validation);
    }

    [Fact]
    public void Every_verdict_of_the_reference_validator_agrees_in_both_modes()
    {
        var (tally, verdicts) = (new CorpusTally(), new CorpusVerdicts(InMemory("cedar/validation.tar.gz")));

        Assert.Empty(CorpusReader.ReadAll(InMemory("cedar/corpus.tar.gz")).SelectMany(t => verdicts.Compare(t, tally)));
        Assert.Equal((5_437, 5_437), (tally.Strict, tally.Permissive));
    }

    [Fact]
    public void Every_request_of_the_scenarios_with_many_policies_templates_and_links_agrees()
    {
        var tally = new CorpusTally();
        var complaints = CorpusReader.ReadAll(InMemory("cedar/multi.tar.gz")).SelectMany(t => t.Run(tally)).ToList();

        Assert.Empty(complaints);
        Assert.Equal((600, 4_800), (tally.Tests, tally.Requests));
        Assert.Equal((4_800, 4_800, 4_800), (tally.Decision, tally.Reasons, tally.Errors));
        Assert.Equal((600, 600, null), (tally.Validation, tally.Strict, tally.Permissive));
    }

    [Fact]
    public async Task Verdicts_that_differ_are_disagreements_in_their_mode()
    {
        using var folder = new TempFolder();
        using var judged = new TempFolder();
        await File.WriteAllTextAsync(
            judged["short.validation.json"], """{"policyValidation": {"strict": false, "permissive": true} }""",
            TestContext.Current.CancellationToken);
        foreach (var (name, strict, permissive, perPolicy, request) in ((string, bool, bool, bool, bool)[])[
            ("same", false, true, false, true), ("strict", true, true, false, true), ("permissive", false, false, false, true),
            ("policy", false, true, true, true), ("request", false, true, false, false), ("short", false, true, false, true)])
        {
            File.WriteAllText(folder[$"{name}.cedar"], "permit (principal, action, resource) when { [] == [1] };");
            File.WriteAllText(folder[$"{name}.entities.json"], "[]");
            File.WriteAllText(folder[$"{name}.cedarschema"], "entity A; action v appliesTo {principal: A, resource: A};");
            File.WriteAllText(folder[$"{name}.json"], $$$"""
                {"policies": "{{{name}}}.cedar", "entities": "{{{name}}}.entities.json", "schema": "{{{name}}}.cedarschema", "shouldValidate": false,
                 "requests": [{"principal": {"type": "A", "id": ""}, "action": {"type": "Action", "id": "v"}, "resource": {"type": "A", "id": ""},
                               "context": {}, "decision": "deny", "reason": [], "errors": []}]}
                """);
            if (name == "short")
            {
                continue;
            }

            File.WriteAllText(judged[$"{name}.validation.json"], $$$"""
                {"policyValidation": {"strict": {{{Text(strict)}}}, "permissive": {{{Text(permissive)}}},
                                      "perPolicy": {"policy0": {"strict": {{{Text(perPolicy)}}}, "permissive": true} } },
                 "requestValidation": [{"description": "Request 0", "strict": {{{Text(request)}}}, "permissive": true}]}
                """);
        }

        var (code, output, errors) = await CedarRun.Of("corpus", folder.FullName, "--validation", judged.FullName, "--json");

        Assert.Equal(ExitCode.No, code);
        Assert.EndsWith("""
            "strict":3,"permissive":5,"schemas":null,"disagree":["permissive","policy","request","strict"]}
            """, output, StringComparison.Ordinal);
        Assert.Contains("strict: expected no error, found", errors, StringComparison.Ordinal);

        static string Text(bool value) => value ? "true" : "false";
    }

    [Fact]
    public async Task What_a_scenario_does_not_say_is_not_compared()
    {
        using var folder = new TempFolder();
        using var judged = new TempFolder();
        await File.WriteAllTextAsync(folder["s.json"], """
            {"validation": {"ok": true, "errors": [], "warnings": []}, "policies": "permit (principal, action, resource);",
             "schema": "entity A; action v appliesTo {principal: A, resource: A};", "entities": [],
             "requests": [{"principal": {"type": "B", "id": ""}, "action": {"type": "Action", "id": "v"}, "resource": {"type": "A", "id": ""},
                           "context": {}, "decision": "allow", "reason": ["policy0"], "errors": []}]}
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            judged["s.validation.json"], """{"policyValidation": {"strict": true, "permissive": true} }""",
            TestContext.Current.CancellationToken);

        var (code, output, errors) = await CedarRun.Of("corpus", folder.FullName, "--validation", judged.FullName, "--json");

        Assert.Equal((ExitCode.Ok, ""), (code, errors));
        Assert.Contains("\"strict\":1,\"permissive\":null,", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\"ok\": true", "validation: expected valid, errors [policy0], warnings [], got invalid, errors [policy0], warnings []")]
    [InlineData("\"errors\": []", "validation: expected invalid, errors [], warnings [], got invalid, errors [policy0]")]
    [InlineData("\"warnings\": [\"x\"]", "validation: expected invalid, errors [policy0], warnings [x], got invalid")]
    [InlineData("\"validRequest\": false", "request 0: expected not to conform to the schema")]
    [InlineData("\"entitiesValid\": false", "entities: expected the opposite of all together")]
    [InlineData("\"invalidEntities\": [{\"type\": \"A\", \"id\": \"a\"}]", "entity A::\"a\": expected the opposite")]
    [InlineData("\"valid\": true", "entity check 0: expected the opposite")]
    public async Task A_scenario_is_compared_in_everything_that_it_says(string changed, string complaint)
    {
        var scenario = """
            {"validation": {"ok": false, "errors": ["policy0"], "warnings": []},
             "policies": "permit (principal, action, resource) when { [] == [1] };", "templates": {}, "links": [],
             "schema": "entity A; action v appliesTo {principal: A, resource: A};",
             "entities": [{"uid": {"type": "A", "id": "a"}, "attrs": {}, "parents": []}],
             "requests": [{"principal": {"type": "A", "id": ""}, "action": {"type": "Action", "id": "v"}, "resource": {"type": "A", "id": ""},
                           "context": {}, "decision": "deny", "reason": [], "errors": [], "validRequest": true}],
             "entitiesValid": true, "invalidEntities": [],
             "entityChecks": [{"entity": {"uid": {"type": "B", "id": "b"}, "attrs": {}, "parents": []}, "valid": false}]}
            """;
        if (changed.Length > 0)
        {
            var name = changed[..changed.IndexOf(':', StringComparison.Ordinal)];
            var start = scenario.IndexOf(name + ":", StringComparison.Ordinal);
            var end = scenario.IndexOfAny([',', '}'], start);
            scenario = scenario[..start] + changed + scenario[end..];
        }

        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["s.json"], scenario, TestContext.Current.CancellationToken);
        var (code, _, errors) = await CedarRun.Of("corpus", folder.FullName);

        Assert.Equal(complaint.Length == 0 ? ExitCode.Ok : ExitCode.No, code);
        Assert.StartsWith(complaint.Length == 0 ? "" : $"s: {complaint}", errors, StringComparison.Ordinal);
        Assert.True(complaint.Length > 0 || errors.Length == 0);
    }

    [Fact]
    public async Task Every_handwritten_test_agrees_also_those_that_only_a_reader_with_the_schema_understands()
    {
        var (code, output, errors) = await CedarRun.Of("corpus", TestData.Archive("cedar/handwritten.tar.gz"), "--json");

        var answer = JsonDocument.Parse(output).RootElement;
        Assert.Equal((ExitCode.Ok, ""), (code, errors));
        Assert.Equal(
            ["tests", "validation", "requests", "decision", "reasons", "errors", "strict", "permissive", "schemas", "disagree"],
            answer.EnumerateObject().Select(p => p.Name));
        Assert.Equal((15, 48), (answer.GetProperty("tests").GetInt32(), answer.GetProperty("requests").GetInt32()));
        Assert.Equal((48, 48), (answer.GetProperty("reasons").GetInt32(), answer.GetProperty("errors").GetInt32()));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("schemas").ValueKind);
    }

    [Fact]
    public async Task A_schema_whose_JSON_is_another_one_is_a_disagreement()
    {
        using var folder = new TempFolder();
        foreach (var name in (string[])["same", "other", "broken", "alone"])
        {
            File.WriteAllText(folder[$"{name}.cedar"], "permit (principal, action, resource);");
            File.WriteAllText(folder[$"{name}.entities.json"], "[]");
            File.WriteAllText(folder[$"{name}.cedarschema"], name == "broken" ? "entity" : "entity A;");
            File.WriteAllText(folder[$"{name}.json"], $$"""
                {"policies": "{{name}}.cedar", "entities": "{{name}}.entities.json", "schema": "{{name}}.cedarschema", "requests": []}
                """);
        }

        using var schemas = new TempFolder();
        File.WriteAllText(schemas["same.cedarschema.json"], """{"": {"actions": {}, "entityTypes": {"A": {}}}}""");
        File.WriteAllText(schemas["other.cedarschema.json"], """{"": {"actions": {}, "entityTypes": {"B": {}}}}""");
        File.WriteAllText(schemas["broken.cedarschema.json"], """{"": {"actions": {}, "entityTypes": {"A": {}}}}""");

        var (code, output, errors) = await CedarRun.Of("corpus", folder.FullName, "--json-schemas", schemas.FullName, "--json");

        Assert.Equal(ExitCode.No, code);
        Assert.EndsWith("""
            "schemas":1,"disagree":["broken","other"]}
            """, output, StringComparison.Ordinal);
        Assert.Contains("broken: schema: CE0201 at 1:7", errors, StringComparison.Ordinal);
    }

    private static CorpusFiles InMemory(string archive)
    {
        var entries = TestData.Entries(archive);
        return new(entries.Keys, entries.ContainsKey, path => entries[path]);
    }
}
