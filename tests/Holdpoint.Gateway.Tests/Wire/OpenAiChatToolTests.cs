using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class OpenAiChatToolTests
{
    [Fact]
    public void A_definition_keeps_its_bytes_and_is_no_content()
    {
        const string Definition = """{"type":"function","function":{"name":"f","description":"say """
            + """\u0022hi\u0022","parameters":{"type":"object"},"strict":true}}""";

        var call = Call(Request("\"tools\":[ " + Definition + " ]"));

        var tool = Assert.Single(call.Tools);
        Assert.Equal(("f", Definition, false), (tool.Name, tool.Definition.Text(), tool.RunByProvider));
        Assert.Contains("say \"hi\"", tool.Text.Text(), StringComparison.Ordinal);
        Assert.Equal(["hi"], call.Parts.Select(p => p.Bytes.Text()));
    }

    [Theory]
    [InlineData("""{"type":"function","function":{"name":"f"}}""", "f", false)]
    [InlineData("""{"function":{"parameters":{},"name":"f"},"type":"function"}""", "f", false)]
    [InlineData(
        """{"type":"custom","custom":{"name":"c","format":{"type":"grammar","grammar":{"definition":"d","syntax":"lark"}}}}""", "c", false)]
    [InlineData("""{"type":"web_search"}""", "web_search", true)]
    [InlineData("""{"filters":{"a":[1]},"type":"file_search"}""", "file_search", true)]
    [InlineData("""{"type":"mcp","server_url":"https://example.org"}""", "mcp", true)]
    public void A_tool_that_is_no_function_of_the_clients_is_run_by_the_provider(string definition, string name, bool runByProvider)
    {
        var tool = Assert.Single(Call(Request($"\"tools\":[{definition}]")).Tools);

        Assert.Equal((name, runByProvider, definition), (tool.Name, tool.RunByProvider, tool.Definition.Text()));
    }

    [Fact]
    public void Legacy_functions_are_tools()
    {
        var tool = Assert.Single(Call(Request("""
            "functions":[{"name":"f","description":"d","parameters":{}}],"function_call":{"name":"f"}
            """)).Tools);

        Assert.Equal(
            ("f", """{"name":"f","description":"d","parameters":{}}""", false), (tool.Name, tool.Definition.Text(), tool.RunByProvider));
    }

    [Fact]
    public void Web_search_is_a_tool_that_the_provider_runs()
    {
        var tool = Assert.Single(Call(Request("\"web_search_options\":{}")).Tools);

        Assert.Equal(("web_search_options", "{}", true), (tool.Name, tool.Definition.Text(), tool.RunByProvider));
        Assert.Empty(Call(Request("\"web_search_options\":null")).Tools);
    }
}
