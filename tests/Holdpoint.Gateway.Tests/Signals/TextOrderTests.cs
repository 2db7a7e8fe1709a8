using System.Collections.Immutable;
using System.Text;
using Holdpoint.Signals;
using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;
using Holdpoint.Wire.OpenAi;
using Holdpoint.Wire.OpenAi.Completions;
using Holdpoint.Wire.OpenAi.Responses;

namespace Holdpoint.Gateway.Tests.Signals;

/// <summary>A phrase over a seam is found in the order of the body and in that in which a model reads it, in every wire format.</summary>
public sealed class TextOrderTests
{
    private static readonly Detectors Detectors = Scan.With(("spy", "track his phone"));

    private static readonly Dictionary<string, WireFormat> Formats = new()
    {
        ["chat"] = new OpenAiChat(),
        ["responses"] = new OpenAiResponses(),
        ["completions"] = new OpenAiCompletions(),
        ["messages"] = new AnthropicMessages(),
    };

    [Theory]
    [InlineData("chat", """{"messages":[{"role":"user","content":"track his"},{"role":"user","name":"bo","content":"phone"}]}""")]
    [InlineData("chat", """{"messages":[{"role":"user","content":"track his"},{"role":"tool","tool_call_id":"c1","content":"phone"}]}""")]
    [InlineData("chat", """
        {"messages":[{"role":"user","content":[{"type":"text","text":"track his"},
        {"type":"file","file":{"filename":"a.txt","file_data":"data:image/jpeg;base64,/9j/"}},{"type":"text","text":"phone"}]}]}
        """)]
    [InlineData("chat", """
        {"messages":[{"role":"user","content":"track his"},
        {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f",
        "arguments":"{}"}}],"content":"phone"}]}
        """)]
    [InlineData("responses", """{"input":"phone","instructions":"track his"}""")]
    [InlineData("responses", """{"input":[{"role":"user","content":"phone"}],"instructions":"track his"}""")]
    [InlineData("responses", """
        {"input":[{"role":"user","content":"track his"},{"type":"function_call_output","call_id":"c9","output":"phone"}]}
        """)]
    [InlineData("completions", """{"suffix":"phone","prompt":"track his"}""")]
    [InlineData("completions", """{"prompt":"track his","user":"u9","suffix":"phone"}""")]
    [InlineData("messages", """{"messages":[{"role":"user","content":"phone"}],"system":"track his"}""")]
    [InlineData("messages", """{"messages":[{"role":"user","content":"phone"}],"system":[{"type":"text","text":"track his"}]}""")]
    [InlineData("messages", """
        {"messages":[{"role":"assistant","content":[{"type":"text","text":"track his"},
        {"type":"tool_use","id":"t1","name":"f","input":{"a":1}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"phone"}]}]}
        """)]
    [InlineData("messages", """
        {"messages":[{"role":"user","content":[{"type":"text","text":"track his"},
        {"type":"document","title":"A","context":"B","source":{"type":"text","media_type":"text/plain","data":"phone"}}]}]}
        """)]
    public void What_stands_between_two_texts_or_in_which_order_they_come_hides_nothing(string format, string body) =>
        Assert.Equal(["spy"], Phrases(format, body));

    [Theory]
    [InlineData("chat", """
        {"messages":[{"role":"user","content":"track his"},{"role":"assistant","content":"dog"},
        {"role":"user","content":"phone"}]}
        """)]
    public void What_somebody_says_between_them_parts_them(string format, string body) => Assert.Empty(Phrases(format, body));

    [Theory]
    [InlineData("/messages/3/content", 0)]
    [InlineData("/messages/3/content/12/text", 0)]
    [InlineData("/input", 0)]
    [InlineData("/input/4", 0)]
    [InlineData("/system/0/text", 0)]
    [InlineData("/choices/0/message/content", 0)]
    [InlineData("/messages/0/content/1/input", 1)]
    [InlineData("/messages/0/tool_calls/0/function/arguments", 1)]
    [InlineData("/metadata/a", 1)]
    [InlineData("/messages/0/name", 2)]
    [InlineData("/messages/0/tool_call_id", 2)]
    [InlineData("/input/2/call_id", 2)]
    [InlineData("/messages/0/content/0/tool_use_id", 2)]
    [InlineData("/messages/0/content/0/file/filename", 2)]
    public void The_path_of_a_text_tells_its_role(string path, int role) => Assert.Equal((TextRole)role, TextOrders.RoleOf(path));

    private static ImmutableArray<string> Phrases(string format, string body)
    {
        var withModel = "{\"model\":\"m\"," + (format == "messages" ? "\"max_tokens\":9," : "") + body[1..];
        var parts = Assert.IsType<ReadOutcome.Readable>(Formats[format].Read(Encoding.UTF8.GetBytes(withModel))).Call.Parts;
        Findings[] found = [.. parts.Select(Detectors.Scan)];
        Assert.All(found, static one => Assert.Empty(one.Phrases));
        return Seams.Scan(Detectors, parts, found).Phrases;
    }
}
