using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Cedar;

public sealed class CedarAuthorizeTests
{
    private const string Permit = "@id(\"readers\") permit (principal in Team::\"red\", action, resource);";
    private const string Entities = """[{"uid": {"type": "User", "id": "a"}, "attrs": {}, "parents": [{"type": "Team", "id": "red"}]}]""";
    private const string Schema = """
        entity Team, Doc;
        entity User in Team;
        action all;
        action v in all appliesTo {principal: User, resource: Doc, context: {at?: datetime}};
        """;

    private const string Request =
        """{"principal": "User::\"a\"", "action": {"type": "Action", "id": "v"}, "resource": "Doc::\"d\"", "context": {}}""";

    [Theory]
    [InlineData(Permit, ExitCode.Ok, """{"decision":"allow","reasons":["policy0"],"errors":[]}""")]
    [InlineData("forbid (principal, action, resource);" + Permit, ExitCode.No, """{"decision":"deny","reasons":["policy0"],"errors":[]}""")]
    [InlineData("", ExitCode.No, """{"decision":"deny","reasons":[],"errors":[]}""")]
    [InlineData(
        Permit + "forbid (principal, action, resource) when { context.a };", ExitCode.Ok,
        """{"decision":"allow","reasons":["policy0"],"errors":["policy1"]}""")]
    public async Task The_answer_is_JSON_and_an_exit_code(string policies, int code, string answer)
    {
        using var folder = new TempFolder();

        var run = await Authorize(folder, policies, Entities, Request, "--json");

        Assert.Equal((code, answer), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Ids_can_come_from_annotations_where_there_are_any()
    {
        using var folder = new TempFolder();

        var run = await Authorize(
            folder, Permit + "permit (principal, action, resource);", Entities, Request, "--json", "--ids", "annotation");

        Assert.Equal("""{"decision":"allow","reasons":["readers","policy1"],"errors":[]}""", run.Output);
    }

    [Fact]
    public async Task Without_json_the_answer_is_for_people_and_errors_go_to_stderr()
    {
        using var folder = new TempFolder();

        var run = await Authorize(folder, Permit + "forbid (principal, action, resource) when { context.a };", Entities, Request);

        Assert.Equal("allow by policy0", run.Output);
        Assert.Equal("policy1 could not be evaluated: there is no attribute `a`", run.Errors);
    }

    [Theory]
    [InlineData("permit (principal, action);", Entities, Request, "CE0209 at 1:26")]
    [InlineData(Permit, "[{}]", Request, "[0]: the field `uid` is missing")]
    [InlineData(Permit, Entities, "{}", "`principal` is missing")]
    [InlineData(Permit, null, Request, "cannot read")]
    public async Task A_file_that_is_missing_or_does_not_parse_is_exit_3(string policies, string? entities, string request, string part)
    {
        using var folder = new TempFolder();

        var run = await Authorize(folder, policies, entities, request, "--json");

        Assert.Equal(ExitCode.Environment, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(part, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_policies_of_one_annotated_id_are_exit_3()
    {
        using var folder = new TempFolder();

        Assert.Equal(ExitCode.Environment, (await Authorize(folder, Permit + Permit, Entities, Request, "--ids", "annotation")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await Authorize(folder, Permit + Permit, Entities, Request)).ExitCode);
    }

    [Theory]
    [InlineData("--ids", "name")]
    [InlineData("--unknown")]
    public async Task A_wrong_command_line_is_exit_2(params string[] more)
    {
        using var folder = new TempFolder();

        Assert.Equal(ExitCode.Usage, (await Authorize(folder, Permit, Entities, Request, more)).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CedarRun.Of("authorize", "--policies", "x")).ExitCode);
    }

    [Theory]
    [InlineData(Schema, Entities, Request, ExitCode.Ok, "")]
    [InlineData("entity User", Entities, Request, ExitCode.Environment, "is not a schema:\n  CE0201 at 1:12")]
    [InlineData("entity User in Tem;", Entities, Request, ExitCode.Environment, "CS0201 at 1:16: there is no entity type `Tem`")]
    [InlineData(
        Schema, """[{"uid": {"type": "User", "id": "a"}, "attrs": {"x": 1}, "parents": []}]""",
        Request, ExitCode.Environment, "CC0202 User::\"a\".attrs")]
    [InlineData(
        Schema, Entities, """{"principal": "Doc::\"d\"", "action": "Action::\"v\"", "resource": "Doc::\"d\""}""",
        ExitCode.Environment, "CC0103 principal")]
    [InlineData(
        Schema, Entities, """{"principal": "User::\"a\"", "action": "Action::\"v\"", "resource": "Doc::\"d\"", "context": {"at": 1}}""",
        ExitCode.Environment, "expected a value of type datetime")]
    [InlineData(Schema, Entities, """{"principal": "User::\"a\"", "action": "Action::\"v\"", "resource": "Doc::\"d\"","""
        + """ "context": {"at": "2025-01-01"}}""", ExitCode.Ok, "")]
    [InlineData(null, Entities, Request, ExitCode.Environment, "cannot read")]
    public async Task With_a_schema_entities_and_the_request_must_conform(
        string? schema, string entities, string request, int code, string part)
    {
        using var folder = new TempFolder();
        if (schema is not null)
        {
            File.WriteAllText(folder["s"], schema);
        }

        var run = await Authorize(folder, Permit, entities, request, "--schema", folder["s"]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(part, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_actions_of_the_schema_are_entities()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["s"], Schema);

        var run = await Authorize(
            folder, "permit (principal, action in Action::\"all\", resource);", Entities, Request, "--schema", folder["s"]);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
    }

    private static Task<(int ExitCode, string Output, string Errors)> Authorize(
        TempFolder folder, string policies, string? entities, string request, params string[] more)
    {
        File.WriteAllText(folder["p.cedar"], policies);
        File.WriteAllText(folder["r.json"], request);
        if (entities is not null)
        {
            File.WriteAllText(folder["e.json"], entities);
        }

        return CedarRun.Of(
            ["authorize", "--policies", folder["p.cedar"], "--entities", folder["e.json"], "--request", folder["r.json"], .. more]);
    }
}
