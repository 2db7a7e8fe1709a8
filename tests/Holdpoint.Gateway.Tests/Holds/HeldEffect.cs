using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Holds;

/// <summary>A tool call that a clause of the test holds for one reviewer.</summary>
internal static class HeldEffect
{
    public const string Clause = """
        @title("Searches are seen first")
        @text("A search of the library waits for a reviewer.")
        @basis("terms")
        @hold("reviewer:1")
        forbid (
          principal,
          action == Holdpoint::Action::"act",
          resource == Holdpoint::Tool::"search_library"
        );
        """;

    private const string Tool =
        """{"type":"function","function":{"name":"search_library","description":"Find documents in """
        + """the unit's own library.","parameters":{"type":"object","properties":{"query":{"type":"string","description":"words to look """
        + """for"}},"required":["query"],"additionalProperties":false}}}""";

    public const string Done = "data: [DONE]\n\n";

    /// <summary>Long enough that some of it has left before the tool call comes.</summary>
    public static readonly string LongText = string.Concat(Enumerable.Repeat("The shelves are long and the light is good. ", 100));

    public static string Body(string model = "echo", bool stream = false) =>
        $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":["""
        + $$"""{"role":"user","content":"dunes"}],"tools":[{{Tool}}]}""";

    public static string Call(int index, string query) =>
        Script.ChunkEvent($$$"""{"tool_calls":[{"index":{{{index}}},"id":"call_"""
            + $$$"""{{{index}}}","type":"function","function":{"name":"search_library","arguments":"{\"query\":\"{{{query}}}\"}"}}]}""");

    /// <summary>The events of an answer that says something long and then makes the tool calls.</summary>
    public static string[] Events(params string[] queries) =>
    [
        Script.ChunkEvent("""{"role":"assistant"}"""),
        Script.ChunkEvent($$"""{"content":"{{LongText}}"}"""),
        .. queries.Select((query, i) => Call(i, query)),
        Script.ChunkEvent("{}", "\"tool_calls\""),
        Done,
    ];

    extension(TestGateway gateway)
    {
        public Task<TestAnswer> SearchAsync(string body, string? hold = null, params (string, string)[] headers) =>
            gateway.PostChatAsync(body, [.. hold is null ? [] : new[] { ("Holdpoint-Hold", hold) }, .. headers]);
    }
}
