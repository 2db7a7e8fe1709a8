using System.Text.Json;
using Holdpoint.Gateway.Tests.Wire;
using Holdpoint.Gateway.Upstream.Echo;
using Holdpoint.Testing;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Upstream.Sending;

namespace Holdpoint.Gateway.Tests.Upstream;

public sealed class EchoUpstreamTests
{
    private static readonly EchoUpstream Echo = new("echo", Models("echo"), new ManualTimeProvider());

    [Theory]
    [InlineData("""{"role":"user","content":"hi"}""", "hi")]
    [InlineData("""{"role":"user","content":"first"},{"role":"assistant","content":"no"},{"role":"user","content":"last"},"""
        + """{"role":"system","content":"no"}""", "last")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/png;base64,"""
        + """AA=="}},{"type":"text","text":"b"}]}""", "a\nb")]
    [InlineData("""{"role":"system","content":"only"}""", "")]
    [InlineData("""{"role":"user","content":null}""", "")]
    public async Task It_says_the_last_user_text(string messages, string text)
    {
        var body = $$"""{"model":"echo","messages":[{{messages}}]""";

        Assert.Equal("[echo] " + text, await TextAsync(body + "}"));
        Assert.Equal("[echo] " + text, (await StreamAsync(body + ",\"stream\":true}")).TextOf("/choices/0/message/content"));
    }

    [Theory]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", "f", "{}")]
    [InlineData("\"tools\":[{\"type\":\"web_search\"},{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"function\","
        + "\"function\":{\"name\":\"g\"}}]", "f", "{}")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"function\",\"function\":{\"name\":\"g\"}}"
        + "],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}", "g", "{}")]
    [InlineData("\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}]", "c", "go")]
    [InlineData("\"functions\":[{\"name\":\"old\"}]", "old", "{}")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\","
        + "\"required\":[\"s\",\"n\",\"b\",\"e\",\"o\",\"a\",\"d\",\"s\",\"x\"],\"properties\":{\"s\":{\"type\":\"string\"},"
        + "\"n\":{\"type\":\"number\",\"minimum\":3},\"b\":{\"type\":[\"boolean\",\"null\"]},\"e\":{\"enum\":[\"one\",\"two\"]},"
        + "\"o\":{\"properties\":{\"q\":{\"type\":\"integer\"}},\"required\":[\"q\"]},\"a\":{\"type\":\"array\","
        + "\"items\":{\"type\":\"string\"}},\"d\":{\"default\":7},\"z\":{\"type\":\"string\"}}}}}]",
        "f", """{"s":"go","n":3,"b":true,"e":"one","o":{"q":1},"a":["go"],"d":7}""")]
    public async Task With_tools_it_calls_the_first_or_the_one_that_is_asked_for(string fields, string name, string arguments)
    {
        var body = "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]," + fields;

        var whole = Assert.Single((await WholeAsync(body + "}")).ToolCalls);
        var streamed = Assert.Single((await StreamAsync(body + ",\"stream\":true}")).ToolCalls);

        Assert.Equal((name, arguments), (whole.Name, whole.Arguments.Text()));
        Assert.Equal((whole.Path, whole.Id, name, arguments), (streamed.Path, streamed.Id, streamed.Name, streamed.Arguments.Text()));
    }

    [Theory]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"none\"")]
    [InlineData("\"tools\":[{\"type\":\"web_search\"}]")]
    [InlineData("\"tools\":[]")]
    public async Task Where_no_tool_is_to_be_called_it_talks(string fields) =>
        Assert.Equal(
            "[echo] go", await TextAsync("{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]," + fields + "}"));

    [Fact]
    public async Task Every_choice_that_is_asked_for_is_answered_and_usage_where_it_is()
    {
        const string Body = """{"model":"echo","messages":[{"role":"user","content":"a b"}],"n":3""";

        Assert.Equal(3, (await WholeAsync(Body + "}")).Parts.Length);
        var streamed = await StreamAsync(Body + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        Assert.Equal("[echo] a b", streamed.TextOf("/choices/2/message/content"));
        Assert.Contains("\"choices\":[],\"usage\":{\"prompt_tokens\":", streamed.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("usage", (await StreamAsync(Body + ",\"stream\":true}")).Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_past_its_limit_is_cut_and_says_so()
    {
        var text = new string('x', 65_535) + "😀 tail";

        using var json = JsonDocument.Parse(await BodyAsync($$"""{"model":"echo","messages":[{"role":"user","content":"{{text}}"}]}"""));

        var choice = json.RootElement.GetProperty("choices")[0];
        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("[echo] " + new string('x', 65_535), choice.GetProperty("message").GetProperty("content").GetString());
    }

    private static async Task<string> BodyAsync(string body) => await (await Echo.AnswerAsync(Call(body))).TextAsync();

    private static async Task<AnswerOutcome.Readable> WholeAsync(string body) =>
        Assert.IsType<AnswerOutcome.Readable>(Reading.Format.ReadAnswer(Reading.Utf8(await BodyAsync(body))));

    private static async Task<string> TextAsync(string body) =>
        (await WholeAsync(body)).Parts is [var part] ? part.Bytes.Text() : "";

    private static async Task<StreamReading> StreamAsync(string body)
    {
        var read = StreamReading.Of(await BodyAsync(body));
        Assert.Null(read.Fault);
        return read;
    }
}
