using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Cedar;

public sealed class CedarValidateTests
{
    private const string Schema =
        "entity User {age: Long, nick?: String, boss: User}; action v appliesTo {principal: User, resource: User};";
    private const string JsonSchema = """
        {"": {"entityTypes": {"User": {"shape": {"type": "Record", "attributes": {"age": {"type": "Long"}}}}},
              "actions": {"v": {"appliesTo": {"principalTypes": ["User"], "resourceTypes": ["User"]}}}}}
        """;

    private const string Valid = "permit (principal, action, resource) when { principal.age > 17 };";
    private const string Unguarded = "permit (principal, action, resource) when { principal.nick == \"x\" };";
    private const string Impossible = "permit (principal, action, resource) when { false };";
    private const string Far = "permit (principal, action, resource) when { principal.boss.age > 1 };";

    [Theory]
    [InlineData(Valid, Schema, ExitCode.Ok, "valid: 0 errors, 0 warnings", "")]
    [InlineData(Valid, JsonSchema, ExitCode.Ok, "valid: 0 errors, 0 warnings", "")]
    [InlineData(Unguarded, Schema, ExitCode.No, "not valid: 1 error, 0 warnings", "error CV0204 policy0 at 1:45: ")]
    [InlineData(Impossible, Schema, ExitCode.Ok, "valid: 0 errors, 1 warning", "warning CV0501 policy0 at 1:1: ")]
    [InlineData(Impossible, Schema, ExitCode.No, "valid: 0 errors, 1 warning", "warning CV0501", "--deny-warnings")]
    [InlineData(
        "permit (principal, action, resource) when { [] == [1] };", Schema, ExitCode.No, "not valid: 1 error, 0 warnings", "error CV0207")]
    [InlineData(
        "permit (principal, action, resource) when { [] == [1] };", Schema, ExitCode.Ok,
        "valid: 0 errors, 0 warnings", "", "--validation-mode", "permissive")]
    [InlineData(Far, Schema, ExitCode.Ok, "valid: 0 errors, 0 warnings", "", "--level", "2")]
    [InlineData(Far, Schema, ExitCode.No, "not valid: 1 error, 0 warnings", "error CV0301", "--level", "1")]
    [InlineData(
        "permit (principal == ?principal, action, resource) when { principal.size > 1 };",
        Schema, ExitCode.No, "not valid: 1 error, 0 warnings", "error CV0203 policy0")]
    [InlineData("permit (principal, action, resource)", Schema, ExitCode.Environment, "", "does not parse")]
    [InlineData(Valid, "entity", ExitCode.Environment, "", "is not a schema")]
    public async Task The_answer_is_on_the_output_and_the_findings_are_for_people(
        string policies, string schema, int code, string output, string findings, params string[] more)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["p"], policies);
        File.WriteAllText(folder["s"], schema);

        var run = await CedarRun.Of(["validate", "--policies", folder["p"], "--schema", folder["s"], .. more]);

        Assert.Equal((code, output), (run.ExitCode, run.Output));
        Assert.Contains(findings, run.Errors, StringComparison.Ordinal);
        Assert.True(findings.Length > 0 || run.Errors.Length == 0);
    }

    [Fact]
    public async Task A_set_in_JSON_is_validated_with_its_links_and_without_places()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["s"], Schema, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["p"], """
            {"staticPolicies": {}, "templates": {"t": {"effect": "permit", "principal": {"op": "==", "slot": "?principal"}, "action": {"op": "All"},
              "resource": {"op": "All"}, "conditions": []} },
             "templateLinks": [{"templateId": "t", "newId": "good", "values": {"?principal": {"type": "User", "id": "a"} } },
                               {"templateId": "t", "newId": "bad", "values": {"?principal": {"type": "Usr", "id": "a"} } }]}
            """, TestContext.Current.CancellationToken);

        var people = await CedarRun.Of("validate", "--policies", folder["p"], "--schema", folder["s"]);
        var json = await CedarRun.Of("validate", "--policies", folder["p"], "--schema", folder["s"], "--json");

        Assert.Equal((ExitCode.No, "not valid: 2 errors, 0 warnings"), (people.ExitCode, people.Output));
        Assert.Contains(
            "error CV0101 bad: the schema has no entity type `Usr` (did you mean `User`?)", people.Errors, StringComparison.Ordinal);
        Assert.Contains("""
            "line":null,"column":null,"offset":null,"length":null,"suggestion":"did you mean `User`?"
            """, json.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("validate", "--policies", "p")]
    [InlineData("validate", "--policies", "p", "--schema", "s", "--level", "-1")]
    [InlineData("validate", "--policies", "p", "--schema", "s", "--level", "x")]
    [InlineData("validate", "--policies", "p", "--schema", "s", "--validation-mode", "partial")]
    public async Task A_wrong_command_line_is_exit_2(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, (await CedarRun.Of(arguments)).ExitCode);

    [Fact]
    public async Task A_missing_file_is_exit_3() =>
        Assert.Equal(
            ExitCode.Environment, (await CedarRun.Of("validate", "--policies", "no-such-file", "--schema", "no-such-file")).ExitCode);
}
