using System.Text.Json;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Cedar;

public sealed class CedarCorpusFolderTests
{
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
            """
            {"tests":3,"validation":null,"requests":3,"decision":1,"reasons":1,"errors":2,
            """
            + """
            "strict":null,"permissive":null,"schemas":null,"disagree":["broken","wrong"]}
            """,
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

    [Fact]
    public async Task A_test_that_cannot_be_used_agrees_in_nothing_and_the_others_count()
    {
        using var folder = new TempFolder();
        Write("good", "[]", "\"decision\": \"allow\", \"reason\": [\"policy0\"], \"errors\": []");
        Write("escaped", """[{"uid": {"__entity": {"type": "A", "id": "a"} }, "attrs": {}, "parents": []}]""",
            "\"decision\": \"allow\", \"reason\": [\"policy0\"], \"errors\": []");
        Write("partial", "[]", "\"decision\": \"allow\", \"reason\": []");
        Write(
            "deep", "[" + new string('[', 200) + new string(']', 200) + "]",
            "\"decision\": \"allow\", \"reason\": [\"policy0\"], \"errors\": []");
        File.WriteAllText(folder["missing.json"], """{"policies": "missing.cedar", "entities": "missing.entities.json", "requests": []}""");
        File.WriteAllText(folder["z.json"], "{oops");

        var (code, output, errors) = await CedarRun.Of("corpus", folder.FullName, "--json");

        Assert.Equal(ExitCode.No, code);
        Assert.StartsWith(
            """{"tests":6,"validation":2,"requests":4,"decision":2,"reasons":2,"errors":2,""", output, StringComparison.Ordinal);
        Assert.EndsWith("""
            "disagree":["deep","missing","partial","z"]}
            """, output, StringComparison.Ordinal);
        Assert.Contains("z: does not have the form of a test", errors, StringComparison.Ordinal);

        void Write(string name, string entities, string result) => File.WriteAllText(folder[$"{name}.json"], $$"""
            {"policies": "permit (principal, action, resource);", "schema": "entity A; action v appliesTo {principal: A, resource: A};",
             "entities": {{entities}}, {{(name is "good" or "escaped" ? "\"invalidEntities\": []," : "")}}
             "requests": [{"principal": {"type": "A", "id": ""}, "action": {"type": "Action", "id": "v"}, "resource": {"type": "A", "id": ""},
                           "context": {}, {{result}} }]}
            """);
    }

    [Theory]
    [InlineData("\"validRequest\": false", "", 0)]
    [InlineData("\"validRequest\": true", "", 1)]
    [InlineData("", "\"entitiesValid\": false,", 0)]
    [InlineData(
        "",
        "\"entityChecks\": [{\"entity\": {\"uid\": {\"type\": \"A\", \"id\": \"b\"}, \"attrs\": {}, \"parents\": []}, \"valid\": true}],",
        1)]
    public async Task What_a_scenario_says_of_requests_and_entities_counts_also_without_a_verdict_on_its_policies(
        string request, string scenario, int agree)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["s.json"], $$"""
            {"policies": "permit (principal, action, resource);", "schema": "entity A; action v appliesTo {principal: A, resource: A};",
             "entities": [], {{scenario}}
             "requests": [{"principal": {"type": "A", "id": ""}, "action": {"type": "Action", "id": "v"}, "resource": {"type": "A", "id": ""},
                           "context": {}, "decision": "allow", "reason": ["policy0"], "errors": []{{(request.Length > 0 ? ", " + request : "")}}}]}
            """);

        var (code, output, _) = await CedarRun.Of("corpus", folder.FullName, "--json");

        Assert.Equal(agree == 1 ? ExitCode.Ok : ExitCode.No, code);
        Assert.Contains($"\"validation\":{agree},", output, StringComparison.Ordinal);
        Assert.Contains("\"strict\":null,", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{oops", 0)]
    [InlineData("{\"policyValidation\": {}}", 0)]
    [InlineData("{\"policyValidation\": {\"strict\": true, \"permissive\": true}}", 1)]
    public async Task A_companion_that_cannot_be_used_is_a_disagreement_and_of_several_the_one_of_the_same_path_counts(
        string verdict, int agree)
    {
        using var folder = new TempFolder();
        using var judged = new TempFolder();
        foreach (var (name, text) in ((string, string)[])[("a", verdict), ("b", "{}")])
        {
            Directory.CreateDirectory(folder[name]);
            Directory.CreateDirectory(judged[name]);
            File.WriteAllText(judged[Path.Combine(name, "s.validation.json")], text);
            File.WriteAllText(judged[Path.Combine(name, "s.cedarschema.json")], agree == 0 ? "{oops" : name == "b" ? "{}"
                : """{"": {"actions": {"v": {"appliesTo": {"principalTypes": ["A"], "resourceTypes": """
                    + """["A"]}}}, "entityTypes": {"A": {}}}}""");
        }

        File.WriteAllText(folder[Path.Combine("a", "s.json")], """
            {"policies": "permit (principal, action, resource);", "schema": "entity A; action v appliesTo {principal: A, resource: A};",
             "entities": [], "requests": []}
            """);

        var (code, output, _) = await CedarRun.Of(
            "corpus", folder.FullName, "--validation", judged.FullName, "--json-schemas", judged.FullName, "--json");

        Assert.Equal(agree == 1 ? ExitCode.Ok : ExitCode.No, code);
        Assert.Contains($"\"strict\":{agree},\"permissive\":{agree},\"schemas\":{agree},", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schemas_nested_deeper_than_the_JSON_reader_goes_by_itself_are_compared()
    {
        using var folder = new TempFolder();
        const int Levels = 40;
        var schema = "entity A {a: " + string.Concat(Enumerable.Repeat("{a: ", Levels)) + "Long" + new string('}', Levels) + "};";
        File.WriteAllText(folder["s.json"], JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["policies"] = "", ["schema"] = schema, ["entities"] = Array.Empty<int>(), ["requests"] = Array.Empty<int>(),
        }));
        File.WriteAllText(folder["s.cedarschema.json"], Holdpoint.Policy.Schema.SchemaParser.Parse(schema).Document!.ToJson());

        var (code, output, errors) = await CedarRun.Of("corpus", folder.FullName, "--json-schemas", folder.FullName, "--json");

        Assert.Equal((ExitCode.Ok, ""), (code, errors));
        Assert.Contains("\"schemas\":1,", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Usage, "corpus")]
    [InlineData(ExitCode.Environment, "corpus", ".", "--validation", "no-such-folder")]
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
}
