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

    /// <remarks>
    /// 4d, 4e and 4f write extension values as bare strings, which only a reader with the schema understands. Until there is one they
    /// disagree, and this test says so; it has to change when they agree.
    /// </remarks>
    [Fact]
    public async Task Every_handwritten_test_agrees_but_the_three_that_need_a_schema()
    {
        var (code, output, errors) = await CedarRun.Of("corpus", TestData.Archive("cedar/handwritten.tar.gz"), "--json");

        var answer = JsonDocument.Parse(output).RootElement;
        Assert.Equal(ExitCode.No, code);
        Assert.Equal(
            ["tests", "validation", "requests", "decision", "reasons", "errors", "strict", "permissive", "schemas", "disagree"],
            answer.EnumerateObject().Select(p => p.Name));
        Assert.Equal((15, 48), (answer.GetProperty("tests").GetInt32(), answer.GetProperty("requests").GetInt32()));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("validation").ValueKind);
        Assert.Equal(["4d", "4e", "4f"], answer.GetProperty("disagree").EnumerateArray().Select(e => Path.GetFileName(e.GetString())));
        Assert.Equal(10, errors.Split('\n').Length);
    }

    [Fact]
    public async Task A_folder_below_the_one_that_paths_are_relative_to_will_do()
    {
        var folder = Path.Combine(TestData.Archive("cedar/handwritten.tar.gz"), "handwritten", "tests", "ip");
        var (code, output, _) = await CedarRun.Of("corpus", Path.Combine(folder, ".."));

        Assert.Equal(ExitCode.No, code);
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
    [InlineData(ExitCode.Usage, "corpus", ".", "--json-schemas", "x")]
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
