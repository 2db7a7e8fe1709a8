using System.Text.Json;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Cedar;

public sealed class CedarTranslateSchemaTests
{
    private const string Text = """
        entity User = {
          name: String,
        };

        action view appliesTo {
          principal: [User],
          resource: [User]
        };
        """;

    private const string Json = """
        {"": {"entityTypes": {"User": {"shape": {"type": "Record", "attributes": {"name": {"type": "EntityOrCommon", "name": "String"}}}}},
              "actions": {"view": {"appliesTo": {"resourceTypes": ["User"], "principalTypes": ["User"]}}}}}
        """;

    [Fact]
    public async Task A_schema_is_translated_into_either_syntax()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a"], Text);
        File.WriteAllText(folder["b"], Json);

        var json = await CedarRun.Of("translate-schema", "--direction", "cedar-to-json", "--schema", folder["a"]);
        var text = await CedarRun.Of("translate-schema", "--direction", "json-to-cedar", "-s", folder["b"]);

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (json.ExitCode, text.ExitCode));
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Json).RootElement, JsonDocument.Parse(json.Output).RootElement));
        Assert.Equal(Text, text.Output);
    }

    [Fact]
    public async Task With_resolved_types_every_name_is_in_full_and_must_be_declared()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a"], """
            entity Org;
            namespace N {
              type T = Set<User>;
              entity User in Org = {all: T, name: String};
              action a;
              action b in a appliesTo {principal: User, resource: [Org]};
            }
            """);
        File.WriteAllText(folder["b"], "entity A in B;");

        var full = await CedarRun.Of("translate-schema", "--direction", "cedar-to-json-with-resolved-types", "-s", folder["a"]);
        var undeclared = await CedarRun.Of("translate-schema", "--direction", "cedar-to-json-with-resolved-types", "-s", folder["b"]);

        var expected = """
            {"": {"entityTypes": {"Org": {}}, "actions": {}},
             "N": {"commonTypes": {"T": {"type": "Set", "element": {"type": "Entity", "name": "N::User"}}},
                   "entityTypes": {"User": {"memberOfTypes": ["Org"],
                     "shape": {"type": "Record", "attributes": {"all": {"type": "N::T"}, "name": {"type": "String"}}}}},
                   "actions": {"a": {"appliesTo": {"resourceTypes": [], "principalTypes": []}},
                     "b": {"appliesTo": {"resourceTypes": ["Org"], "principalTypes": ["N::User"]}, "memberOf": [{"id": "a", "type": "N::Action"}]}}}}
            """;
        Assert.True(
            JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(full.Output).RootElement), full.Output);
        Assert.Equal(ExitCode.Environment, undeclared.ExitCode);
        Assert.Contains("CS0201 at 1:13", undeclared.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_the_schema_and_the_problems_are_in_one_answer()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a"], Text);
        File.WriteAllText(folder["b"], Json);
        File.WriteAllText(folder["c"], "entity User;\nentity User;");

        var json = await CedarRun.Of("translate-schema", "--direction", "cedar-to-json", "-s", folder["a"], "--json");
        var text = await CedarRun.Of("translate-schema", "--direction", "json-to-cedar", "-s", folder["b"], "--json");
        var broken = await CedarRun.Of("translate-schema", "--direction", "cedar-to-json", "-s", folder["c"], "--json");

        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse(Json).RootElement, JsonDocument.Parse(json.Output).RootElement.GetProperty("schema")));
        Assert.Equal(Text + "\n", JsonDocument.Parse(text.Output).RootElement.GetProperty("schema").GetString());
        Assert.Equal(ExitCode.Environment, broken.ExitCode);
        Assert.Equal(
            """{"schema":null,"problems":[{"code":"CS0101","line":2,"column":8,"message":"the entity type \u0060User\u0060 is declared """
            + """twice","suggestion":"remove one of them"}]}""",
            broken.Output);
    }

    [Fact]
    public async Task What_has_no_translation_is_exit_3_and_says_why()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a"], """{"": {"entityTypes": {"A": {"shape": {"type": "B"}}}, "actions": {}, "commonTypes": {"B": """
            + """{"type": "Record", "attributes": {}}}}}""");

        var run = await CedarRun.Of("translate-schema", "--direction", "json-to-cedar", "-s", folder["a"]);

        Assert.Equal((ExitCode.Environment, ""), (run.ExitCode, run.Output));
        Assert.Contains("CS0401: the attributes of `A` are not written as a record", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--direction", "json-to-yaml")]
    [InlineData]
    public async Task A_wrong_command_line_is_exit_2(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, (await CedarRun.Of(["translate-schema", .. arguments])).ExitCode);
}
