using static Holdpoint.Gateway.Tests.Wire.Anthropic.Messages;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

public sealed class AnthropicToolTests
{
    [Fact]
    public void Tools_of_the_client_are_definitions_and_no_content()
    {
        const string Definition = """{"name":"f","description":"the secret """
            + """pl\u0061n","input_schema":{"type":"object","properties":{}},"cache_control":{"type":"ephemeral"},"strict":true}""";

        var call = Call(Request($"\"tools\":[{Definition},{{\"type\":\"custom\",\"name\":\"g\",\"input_schema\":{{}}}},{{\"type\":null,"
            + $"\"name\":\"h\",\"input_schema\":{{}}}}]"));

        Assert.Equal(["hi"], call.Parts.Select(p => p.Bytes.Text()));
        Assert.Equal([("f", false), ("g", false), ("h", false)], call.Tools.Select(t => (t.Name, t.RunByProvider)));
        Assert.Equal(Definition, call.Tools[0].Definition.Text());
        Assert.Contains("the secret plan", call.Tools[0].Text.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"bash_20250124","name":"bash"}""", "bash")]
    [InlineData(
        """{"type":"text_editor_20250728","name":"str_replace_based_edit_tool","max_characters":9}""", "str_replace_based_edit_tool")]
    [InlineData("""{"type":"memory_20250818","name":"memory"}""", "memory")]
    [InlineData(
        """{"type":"computer_20251124","name":"computer","display_width_px":1,"display_height_px":1,"enable_zoom":true}""", "computer")]
    public void Tools_that_anthropic_defines_and_the_client_runs_are_the_clients(string definition, string name) =>
        Assert.Equal((name, false), Call(Request($"\"tools\":[{definition}]")).Tools.Select(t => (t.Name, t.RunByProvider)).Single());

    [Theory]
    [InlineData("""{"type":"web_search_20250305","name":"web_search","max_uses":1,"allowed_domains":["example.org"]}""", "web_search")]
    [InlineData("""{"type":"web_fetch_20260318","name":"web_fetch","url_sources":{"user_input":{"type":"all"}}}""", "web_fetch")]
    [InlineData("""{"type":"code_execution_20260521","name":"code_execution"}""", "code_execution")]
    [InlineData("""{"type":"tool_search_tool_regex_20251119","name":"tool_search_tool_regex"}""", "tool_search_tool_regex")]
    [InlineData("""{"type":"advisor_20260301","name":"advisor","model":"claude-opus-5-5"}""", "advisor")]
    [InlineData("""{"type":"bash_20991231","name":"bash"}""", "bash")]
    [InlineData("""{"type":"something_new"}""", "something_new")]
    [InlineData("""{"type":"mcp_toolset","mcp_server_name":"files","configs":{"read":{"enabled":true}}}""", "mcp_toolset.files")]
    public void Any_other_tool_is_run_by_the_provider(string definition, string name) =>
        Assert.Equal((name, true), Call(Request($"\"tools\":[{definition}]")).Tools.Select(t => (t.Name, t.RunByProvider)).Single());

    [Fact]
    public void An_mcp_server_is_run_by_the_provider_and_its_token_is_no_content()
    {
        var call = Call(Request("\"mcp_servers\":[{\"type\":\"url\",\"url\":\"https://mcp.example.org\",\"name\":\"files\","
            + "\"authorization_token\":\"secret\"}]"));

        Assert.Equal(("mcp.files", true), call.Tools.Select(t => (t.Name, t.RunByProvider)).Single());
        Assert.DoesNotContain(call.Parts, p => p.Bytes.Text().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_toolset_is_as_many_tools_as_it_has_members_each_with_its_definition()
    {
        const string Definition = """{"type":"browser_toolset_20260801","configs":{"find":{"enabled":false}}}""";

        var tools = Call(Request($"\"tools\":[{Definition},{{\"type\":\"computer_toolset_20260801\"}}]")).Tools;

        Assert.Equal(31 + 17, tools.Length);
        Assert.All(tools, tool => Assert.False(tool.RunByProvider));
        Assert.Equal(Definition, Assert.Single(tools, tool => tool.Name == "browser.javascript_exec").Definition.Text());
        Assert.Single(tools, tool => tool.Name == "computer.type");
    }

    [Fact]
    public void A_toolset_is_not_read_beyond_what_one_can_say() =>
        Assert.Equal(("invalid_field", "/tools/0"), CauseAndPlace(Fault(Request(
            $"\"tools\":[{{\"type\":\"browser_toolset_20260801\",\"configs\":{{\"find\":\"{new string('x', 20_000)}\"}}}}]"))));

    [Fact]
    public void A_tool_that_a_message_adds_is_a_definition_as_well()
    {
        var call = Call(
            Block("""{"type":"tool_addition","tool":{"type":"tool_definition","definition":{"name":"late","input_schema":{}}}}""")
                .Replace("\"user\"", "\"system\"", StringComparison.Ordinal));

        Assert.Equal("late", Assert.Single(call.Tools).Name);
    }

    [Theory]
    [InlineData("""{"name":"f","input_schema":{},"surprise":1}""", "unknown_field", "/tools/0/surprise")]
    [InlineData("""{"surprise":1,"name":"f","type":"custom"}""", "unknown_field", "/tools/0/surprise")]
    [InlineData("""{"type":"bash_20250124","name":"bash","surprise":1}""", "unknown_field", "/tools/0/surprise")]
    [InlineData("""{"input_schema":{}}""", "missing_field", "/tools/0")]
    [InlineData("""{"name":"","input_schema":{}}""", "invalid_field", "/tools/0/name")]
    [InlineData("""{"name":"f"},{"type":"web_search_20250305","name":"f"}""", "duplicate_tool", "/tools/1")]
    [InlineData("""{"type":"browser_toolset_20260801"},{"configs":{},"type":"browser_toolset_20260801"}""", "duplicate_tool", "/tools/1")]
    [InlineData("""7""", "invalid_field", "/tools/0")]
    public void Definitions_that_mean_nothing_or_two_things_are_refused(string definitions, string cause, string path)
    {
        var fault = Fault(Request($"\"tools\":[{definitions}]"));

        Assert.Equal((cause, path), (fault.Cause, fault.Path));
    }

    private static (string Cause, string Place) CauseAndPlace(Holdpoint.Wire.Fault fault) => (fault.Cause, fault.Path);
}
