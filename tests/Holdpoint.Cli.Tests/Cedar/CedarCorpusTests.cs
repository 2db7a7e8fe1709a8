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
    }

    [Fact]
    public void Every_request_of_the_scenarios_with_many_policies_templates_and_links_agrees()
    {
        var tally = new CorpusTally();
        var complaints = CorpusReader.ReadAll(InMemory("cedar/multi.tar.gz")).SelectMany(t => t.Run(tally)).ToList();

        Assert.Empty(complaints);
        Assert.Equal((600, 4_800), (tally.Tests, tally.Requests));
        Assert.Equal((4_800, 4_800, 4_800), (tally.Decision, tally.Reasons, tally.Errors));
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

    [Fact]
    public async Task A_folder_below_the_one_that_paths_are_relative_to_will_do()
    {
        var folder = Path.Combine(TestData.Archive("cedar/handwritten.tar.gz"), "handwritten", "tests", "ip");
        var (code, output, _) = await CedarRun.Of("corpus", Path.Combine(folder, ".."));

        Assert.Equal(ExitCode.Ok, code);
        Assert.StartsWith("15 tests, 48 requests", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_answer_and_unreadable_policies_are_disagreements()
    {
        using var folder = new TempFolder();
        Write("good", "allow", "permit (principal, action, resource);");
        Write("wrong", "deny", "permit (principal, action, resource);");
        Write("broken", "allow", "permit (principal, action);");

        var (code, output, errors) = await CedarRun.Of("corpus", folder.FullName, "--json");

        Assert.Equal(ExitCode.No, code);
        Assert.Equal(
            """{"tests":3,"validation":null,"requests":3,"decision":1,"reasons":1,"errors":2,"strict":null,"permissive":null,"schemas":null,"disagree":["broken","wrong"]}""",
            output);
        Assert.Contains("broken: policies: CE0209", errors, StringComparison.Ordinal);

        void Write(string name, string decision, string policies)
        {
            var reasons = decision == "allow" ? "\"policy0\"" : "";
            File.WriteAllText(folder[$"{name}.cedar"], policies);
            File.WriteAllText(folder[$"{name}.entities.json"], "[]");
            File.WriteAllText(folder[$"{name}.json"], $$"""
                {"policies": "corpus-tests/{{name}}.cedar", "entities": "corpus-tests/{{name}}.entities.json",
                 "requests": [{"principal": {"type": "U", "id": ""}, "action": {"type": "Action", "id": ""}, "resource": {"type": "R", "id": ""},
                               "context": {}, "decision": "{{decision}}", "reason": [{{reasons}}], "errors": []}]}
                """);
        }
    }

    [Theory]
    [InlineData(ExitCode.Usage, "corpus")]
    [InlineData(ExitCode.Usage, "corpus", ".", "--validation", "x")]
    [InlineData(ExitCode.Environment, "corpus", ".", "--json-schemas", "no-such-folder")]
    [InlineData(ExitCode.Environment, "corpus", "no-such-folder")]
    public async Task What_cannot_be_done_has_its_exit_code(int code, params string[] arguments) =>
        Assert.Equal(code, (await CedarRun.Of(arguments)).ExitCode);

    [Fact]
    public async Task A_folder_without_tests_is_not_a_success()
    {
        using var folder = new TempFolder();

        Assert.Equal(ExitCode.Environment, (await CedarRun.Of("corpus", folder.FullName)).ExitCode);
    }

    private static CorpusFiles InMemory(string archive)
    {
        var entries = TestData.Entries(archive);
        return new(entries.Keys, entries.ContainsKey, path => entries[path]);
    }
}
