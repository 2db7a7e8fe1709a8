using System.Text.Json;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Cedar;

/// <summary>The commands that read and write policies without deciding anything.</summary>
public sealed class CedarTextCommandTests
{
    private const string Untidy = "permit(principal,action,resource); // all\n";
    private const string Tidy = "permit (principal, action, resource); // all\n";
    private const string Faulty = "permit (principal, action);";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Format_prints_the_layout_and_leaves_the_file_alone()
    {
        using var folder = new TempFolder();
        var file = await Write(folder, "p.cedar", Untidy);

        var run = await CedarRun.Of("format", "-p", file);

        Assert.Equal((ExitCode.Ok, Tidy.TrimEnd(), ""), run);
        Assert.Equal(Untidy, await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Format_writes_the_layout_back_when_asked()
    {
        using var folder = new TempFolder();
        var file = await Write(folder, "p.cedar", Untidy);

        Assert.Equal((ExitCode.Ok, "", $"{file} was laid out anew"), await CedarRun.Of("format", "--policies", file, "--write"));
        Assert.Equal(Tidy, await File.ReadAllTextAsync(file, Cancellation));
        Assert.Equal((ExitCode.Ok, "", ""), await CedarRun.Of("format", "--policies", file, "--write"));
    }

    [Theory]
    [InlineData(Untidy, ExitCode.No)]
    [InlineData(Tidy, ExitCode.Ok)]
    [InlineData(Faulty, ExitCode.Environment)]
    public async Task Format_checks_without_printing(string text, int code)
    {
        using var folder = new TempFolder();
        var file = await Write(folder, "p.cedar", text);

        var run = await CedarRun.Of("format", "-p", file, "--check");

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.Equal(text, await File.ReadAllTextAsync(file, Cancellation));
    }

    [Theory]
    [InlineData(Untidy, ExitCode.Ok, """{"formatted":"permit (principal, action, resource); // all\n","changed":true,"problems":[]}""")]
    [InlineData(Faulty, ExitCode.Environment,
        """{"formatted":null,"changed":false,"problems":[{"input":"policies","code":"CE0209","line":1,"column":26,""")]
    public async Task Format_answers_in_JSON(string text, int code, string answer)
    {
        using var folder = new TempFolder();

        var run = await CedarRun.Of("format", "-p", await Write(folder, "p.cedar", text), "--json");

        Assert.Equal(code, run.ExitCode);
        Assert.StartsWith(answer, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--write")]
    [InlineData("--write", "--check", "-p", "x")]
    [InlineData("--line-width", "0", "-p", "x")]
    [InlineData("--indent-width", "17", "-p", "x")]
    public async Task Format_refuses_options_that_make_no_sense(params string[] options)
    {
        var run = await CedarRun.Of(["format", .. options]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
    }

    [Theory]
    [InlineData(Tidy, ExitCode.Ok, """{"valid":true,"policies":1,"templates":0,"links":0,"problems":[]}""")]
    [InlineData(
        "{\"staticPolicies\": {}, \"templates\": {}, \"templateLinks\": []}", ExitCode.Ok,
        """{"valid":true,"policies":0,"templates":0,"links":0,"problems":[]}""")]
    [InlineData("{}", ExitCode.No,
        """{"valid":false,"policies":null,"templates":null,"links":null,"problems":["""
            + """{"input":"policies","code":null,"line":null,"column":null,"message":"the field `staticPolicies` """
            + """is missing","suggestion":null}]}""")]
    [InlineData("permit (principal, action, resource) when { context.a = 1 };", ExitCode.No,
        """{"valid":false,"policies":null,"templates":null,"links":null,"problems":["""
            + """{"input":"policies","code":"CE0204","line":1,"column":55,"message":"`=` is not an """
            + """operator","suggestion":"write `==`"}]}""")]
    public async Task Check_parse_answers_in_JSON(string text, int code, string answer)
    {
        using var folder = new TempFolder();

        var run = await CedarRun.Of("check-parse", "--policies", await Write(folder, "p.cedar", text), "--json");

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(answer), JsonElement.Parse(run.Output)), run.Output);
        Assert.Equal(code, run.ExitCode);
    }

    [Fact]
    public async Task Check_parse_reads_everything_that_is_named_and_tells_all_that_is_wrong()
    {
        using var folder = new TempFolder();

        var sound = await CedarRun.Of(
            "check-parse", "--expression", "1 + 1 == 2", "--schema", await Write(folder, "s.cedarschema", "entity User { ip: ipaddr };"),
            "--entities", await Write(
                folder, "e.json", """[{"uid": {"type": "User", "id": "a"}, "attrs": {"ip": "10.0.0.1"}, "parents": []}]"""));
        var faulty = await CedarRun.Of(
            "check-parse", "--expression", "1 +", "--schema", await Write(folder, "f.cedarschema", "entity User { ip: ipaddres };"),
            "--entities", await Write(folder, "f.json", "[{}]"));

        Assert.Equal((ExitCode.Ok, "parses", ""), sound);
        Assert.Equal((ExitCode.No, "does not parse"), (faulty.ExitCode, faulty.Output));
        Assert.Equal(["expression", "schema", "entities"], faulty.Errors.Split('\n').Select(l => l.Split(':')[0]));
        Assert.Equal(ExitCode.Environment, (await CedarRun.Of("check-parse", "--policies", folder["absent"])).ExitCode);
    }

    [Fact]
    public async Task Policies_are_translated_to_JSON_and_back()
    {
        using var folder = new TempFolder();
        const string Text =
            "permit (principal == ?principal, action, resource);\n\nforbid (principal, action, resource)\nunless { context.n > 1 };\n";

        var toJson = await CedarRun.Of("translate-policy", "--direction", "cedar-to-json", "-p", await Write(folder, "p.cedar", Text));
        var toText = await CedarRun.Of(
            "translate-policy", "--direction", "json-to-cedar", "-p", await Write(folder, "p.json", toJson.Output));

        Assert.Equal((ExitCode.Ok, ""), (toJson.ExitCode, toJson.Errors));
        Assert.Equal(
            (ExitCode.Ok, "forbid (principal, action, resource)\nunless { context.n > 1 };\n\n"
                + "permit (principal == ?principal, action, resource);", ""), toText);
        Assert.Equal(
            ExitCode.Environment,
            (await CedarRun.Of("translate-policy", "--direction", "json-to-cedar", "-p", folder["p.cedar"])).ExitCode);
    }

    [Fact]
    public async Task Links_have_no_notation_in_text()
    {
        using var folder = new TempFolder();
        var file = await Write(folder, "p.json", """
            {"staticPolicies": {}, "templates": {"t": {"effect": "permit", "principal": {"op": "==", "slot": "?principal"},
             "action": {"op": "All"}, "resource": {"op": "All"}, "conditions": []}},
             "templateLinks": [{"templateId": "t", "newId": "n", "values": {"?principal": {"type": "User", "id": "a"}}}]}
            """);

        var run = await CedarRun.Of("translate-policy", "--direction", "json-to-cedar", "-p", file, "--json");

        Assert.Equal(ExitCode.Environment, run.ExitCode);
        Assert.StartsWith("""{"policies":null,"problems":[{"input":"policies",""", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_decided_on_policies_in_JSON_with_their_links()
    {
        using var folder = new TempFolder();
        var policies = await Write(folder, "p.json", """
            {"staticPolicies": {}, "templates": {"t": {"effect": "permit", "principal": {"op": "==", "slot": "?principal"}, "annotations": {"id": "named"},
             "action": {"op": "All"}, "resource": {"op": "All"}, "conditions": []}},
             "templateLinks": [{"templateId": "t", "newId": "n", "values": {"?principal": {"type": "User", "id": "a"}}}]}
            """);
        string[] rest = ["--entities", await Write(folder, "e.json", "[]"), "--request",
            await Write(folder, "r.json", """{"principal": "User::\"a\"", "action": "Action::\"v\"", "resource": "Doc::\"d\""}"""),
            "--json"];

        foreach (var ids in (string[])["position", "annotation"])
        {
            var run = await CedarRun.Of(["authorize", "--policies", policies, "--ids", ids, .. rest]);
            Assert.Equal((ExitCode.Ok, """{"decision":"allow","reasons":["n"],"errors":[]}"""), (run.ExitCode, run.Output));
        }
    }

    private static async Task<string> Write(TempFolder folder, string name, string content)
    {
        await File.WriteAllTextAsync(folder[name], content, Cancellation);
        return folder[name];
    }
}
