using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;
using Holdpoint.Wire.OpenAi;
using Holdpoint.Wire.OpenAi.Responses;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class ToolListingTests
{
    private const string ChatTools = """[{"type":"function","function":{"name":"f","parameters":{ }}},"""
        + """{"type":"custom","custom":{"name":"g"}},{"type":"web_search_preview"}]""";
    private const string ResponsesTools = """[{"type":"function","name":"f","parameters":{},"strict":true},{"type":"web_search"},"""
        + """{"type":"mcp","server_label":"files","server_url":"u"}]""";
    private const string MessagesTools = """[{"name":"f","input_schema":{"b":1.0,"a":"\u00e9"}},"""
        + """{"type":"web_search_20250305","name":"web_search"},{"type":"computer_toolset_20260801"}]""";

    public static TheoryData<string, string, string> Files => new()
    {
        { "chat", ChatTools, Chat(ChatTools) },
        { "responses", ResponsesTools, Responses(ResponsesTools) },
        { "anthropic", MessagesTools, Chat(MessagesTools) },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_list_and_a_request_give_what_the_gateway_finds_in_a_call(string format, string list, string request)
    {
        WireFormat wire = format switch { "chat" => new OpenAiChat(), "responses" => new OpenAiResponses(), _ => new AnthropicMessages() };
        var inCall = Assert.IsType<ReadOutcome.Readable>(wire.Read(Utf8(request))).Call.Tools
            .Select(tool => new ListedTool(tool.Name, ToolDigest.Of(tool)!, tool.RunByProvider)).ToList();

        foreach (var file in (string[])[list, request, "\n " + request])
        {
            var listing = ToolListing.Read(Utf8(file));

            Assert.Null(listing.Problem);
            Assert.Equal(format, listing.Format);
            Assert.Equal(inCall, listing.Tools);
        }
    }

    [Fact]
    public void The_prompt_of_a_request_is_not_looked_at() =>
        Assert.Equal("f", Assert.Single(ToolListing.Read(Utf8(
            """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":"""
            + """{"url":"https://example.org"}}]}],"surprise":1,"tools":[{"type":"function","function":{"name":"f"}}]}""")).Tools).Name);

    [Theory]
    [InlineData("""{"name":"f","input_schema":{}}""", "anthropic", "f")]
    [InlineData("""{"type":"function","name":"f"}""", "responses", "f")]
    [InlineData("""{"type":"function","function":{"name":"f"}}""", "chat", "f")]
    [InlineData("""{"type":"memory_20250818","name":"memory"}""", "anthropic", "memory")]
    [InlineData("""{"functions":[{"name":"f"}],"messages":[]}""", "chat", "f")]
    [InlineData("""{"mcp_servers":[{"type":"url","url":"u","name":"files"}]}""", "anthropic", "mcp.files")]
    [InlineData("""{"web_search_options":{},"messages":[]}""", "chat", "web_search_options")]
    [InlineData("""{"input":"a","tools":[{"type":"web_search"}]}""", "responses", "web_search")]
    public void The_form_is_found_by_what_only_it_has(string file, string format, string name)
    {
        var listing = ToolListing.Read(Utf8(file));

        Assert.Null(listing.Problem);
        Assert.Equal((format, name), (listing.Format, Assert.Single(listing.Tools).Name));
    }

    [Theory]
    [InlineData("""{"type":"\ud800","name":"f"}""")]
    [InlineData("""{"\ud800":1,"type":"function","name":"f"}""")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"\udfff"}}]}""")]
    [InlineData("""[{"name":"f","input_schema":{"title":"\ud800"}}]""")]
    public void Text_that_is_not_Unicode_is_a_problem_and_lists_nothing(string file)
    {
        var listing = ToolListing.Read(Utf8(file));

        Assert.NotNull(listing.Problem);
        Assert.Empty(listing.Tools);
    }

    [Fact]
    public void The_form_can_be_said() =>
        Assert.Equal("chat", ToolListing.Read(Utf8("""[{"type":"web_search"}]"""), "chat").Format);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"a\"")]
    [InlineData("{}")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""[7]""")]
    [InlineData("""[{"name":"f","input_schema":{},"x":1}]""")]
    [InlineData("""[{"name":"f","input_schema":{"a":1,"a":2}}]""")]
    [InlineData("""[{"name":"f","input_schema":{"a":"\ud800"}}]""")]
    [InlineData("""[{"name":"f","input_schema":{}},{"name":"f","input_schema":{"b":1}}]""")]
    [InlineData("""{"tools":7,"messages":[]}""")]
    public void What_offers_no_tool_that_a_call_could_offer_is_a_problem_and_no_line(string file)
    {
        var listing = ToolListing.Read(Utf8(file));

        Assert.NotNull(listing.Problem);
        Assert.Empty(listing.Tools);
    }

    [Fact]
    public void Nesting_without_end_is_a_problem() =>
        Assert.NotNull(ToolListing.Read(Utf8(new string('[', 100_000))).Problem);

    private static string Chat(string tools) => $$"""{"model":"m","messages":[{"role":"user","content":"hello"}],"tools":{{tools}}}""";

    private static string Responses(string tools) => $$"""{"model":"m","input":"hello","tools":{{tools}}}""";
}
