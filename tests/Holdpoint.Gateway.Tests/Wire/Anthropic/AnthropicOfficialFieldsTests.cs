using System.Text.RegularExpressions;
using Holdpoint.Testing;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Anthropic.Messages;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

/// <summary>Reads the parameter types of the installed npm client: what it can send is known, read or refused by name.</summary>
public sealed partial class AnthropicOfficialFieldsTests
{
    // They travel as headers.
    private static readonly string[] HeaderParameters = ["betas", "user_profile_id", "workspace_id"];

    [Theory]
    [InlineData("messages/messages.d.ts", "")]
    [InlineData("beta/messages/messages.d.ts", "Beta")]
    public void Every_parameter_of_npm_anthropic_is_known(string file, string prefix)
    {
        var types = Types(file);

        Assert.All(Fields(types, "MessageCreateParamsBase").Except(HeaderParameters), name =>
            Assert.NotEqual(WireCause.UnknownField, CauseOf(Request($"\"{name}\":null"))));
        Assert.All(Fields(types, "MessageCountTokensParams").Except(HeaderParameters), name =>
            Assert.NotEqual(WireCause.UnknownField, CauseOf(Request($"\"{name}\":null"))));
        foreach (var message in (string[])["User", "Assistant", "System"])
        {
            Assert.All(Fields(types, $"{prefix}{message}MessageParam"), name =>
                Assert.NotEqual(WireCause.UnknownField, CauseOf($$"""{"model":"m","messages":[{"{{name}}":null}]}""")));
        }
    }

    [Theory]
    [InlineData("messages/messages.d.ts", "ContentBlockParam")]
    [InlineData("beta/messages/messages.d.ts", "BetaContentBlockParam")]
    public void Every_block_of_npm_anthropic_and_its_fields_are_known(string file, string union)
    {
        var types = Types(file);
        var blocks = Regex.Match(types, $"export type {union} = (.*?);").Groups[1].Value.Split(" | ");
        Assert.InRange(blocks.Length, 16, 64);

        Assert.All(blocks, block =>
        {
            var type = Regex.Match(Body(types, block), "^    type: '([a-z_]+)';", RegexOptions.Multiline).Groups[1].Value;
            Assert.All(Fields(types, block).Where(name => name != "type"), name =>
            {
                var fault = FaultOf(Block($$"""{"type":"{{type}}","{{name}}":null}"""));
                Assert.False(
                    fault?.Cause is WireCause.UnknownField
                    || fault is { Cause: WireCause.UnsupportedContent, Path: "/messages/0/content/0" }, $"{type}.{name}: {fault?.Message}");
            });
        });
    }

    [Theory]
    [InlineData("messages/messages.d.ts")]
    [InlineData("beta/messages/messages.d.ts")]
    public void Every_tool_of_npm_anthropic_is_the_clients_as_it_says_or_the_providers(string file)
    {
        var types = Types(file);
        var clients = Regex.Match(types, "export type ClientToolUnion = (.*?);").Groups[1].Value.Split(" | ");
        var all = Regex.Match(types, "export type (?:Beta)?ToolUnion = (.*?);").Groups[1].Value.Split(" | ");
        Assert.InRange(all.Length, 20, 64);

        foreach (var tool in all.Where(
            tool => !tool.EndsWith("Tool", StringComparison.Ordinal) && !tool.EndsWith("MCPToolset", StringComparison.Ordinal)))
        {
            var body = Body(types, tool);
            var type = Regex.Match(body, "^    type: '([a-z_0-9]+)'", RegexOptions.Multiline).Groups[1].Value;
            var fields = string.Concat(Fields(types, tool).Except(["type", "name"]).Select(name => $",\"{name}\":null"));
            var call = Call(Request($"\"tools\":[{{\"type\":\"{type}\",\"name\":\"n\"{fields}}}]"));
            Assert.All(call.Tools, definition => Assert.True(!clients.Contains(tool) || !definition.RunByProvider, tool));
        }
    }

    [Fact]
    public void The_members_of_toolsets_are_those_of_npm_anthropic()
    {
        var types = Types("messages/messages.d.ts");
        foreach (var family in (string[])["browser", "computer"])
        {
            var members = Regex.Match(types, family.ToUpperInvariant() + "_MEMBER_NAME_VALUES: readonly \\[(.*?)\\]").Groups[1].Value
                .Split(", ").Select(name => family + "." + name.Trim('"'));

            Assert.Equal(members, Call(Request($"\"tools\":[{{\"type\":\"{family}_toolset_20260801\"}}]")).Tools.Select(tool => tool.Name));
        }
    }

    private static string Types(string file)
    {
        var path = Repo.Path("tests", "clients", "node_modules", "@anthropic-ai", "sdk", "resources", file);
        Assert.SkipUnless(File.Exists(path), "npm packages of tests/clients are not installed");
        return Comment().Replace(File.ReadAllText(path), "");
    }

    private static Fault? FaultOf(string body) => (Format.Read(Reading.Utf8(body)) as ReadOutcome.Unreadable)?.Fault;

    private static string? CauseOf(string body) => FaultOf(body)?.Cause;

    private static string Body(string types, string type) =>
        Regex.Match(types, $"export interface {type} \\{{(.*?)\n\\}}", RegexOptions.Singleline).Groups[1].Value;

    private static List<string> Fields(string types, string type)
    {
        List<string> names = [.. Field().Matches(Body(types, type)).Select(m => m.Groups[1].Value)];
        Assert.True(names.Count > 0, type);
        return names;
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^    ([a-z_]+)\??:", RegexOptions.Multiline)]
    private static partial Regex Field();
}
