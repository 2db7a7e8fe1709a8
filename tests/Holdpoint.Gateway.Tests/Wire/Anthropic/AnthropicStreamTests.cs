using Holdpoint.Testing.Upstreams;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Anthropic.Messages;
using static Holdpoint.Testing.Upstreams.MessageScript;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

public sealed class AnthropicStreamTests
{
    private static readonly string End = MessageScript.End();

    private static readonly string Rich =
        Start
        + Block(
            0, """{"type":"thinking","thinking":"","signature":""}""", """{"type":"thinking_delta","thinking":"h"}""",
            """{"type":"thinking_delta","thinking":"m"}""", """{"type":"signature_delta","signature":"c2ln"}""")
        + Event("ping", "")
        + Block(
            1, """{"type":"text","text":"caf"}""", """{"type":"text_delta","text":"\u00e9 "}""",
            """{"type":"citations_delta","citation":{"type":"char_location","cited_text":"c"}}""", """{"type":"text_delta","text":"😀"}""")
            .Replace("\n", "\r\n", StringComparison.Ordinal)
        + ": a comment\n\n"
        + Block(
            2, """{"type":"tool_use","id":"t","name":"f","input":{}}""",
            """{"type":"input_json_delta","partial_json":"{\"x\":"}""", """{"type":"input_json_delta","partial_json":"1}"}""")
        + Block(3, """{"type":"web_search_tool_result","tool_use_id":"s","content":[{"type":"web_search_result","title":"T","url":"u"}]}""")
        + End;

    [Fact]
    public void Deltas_come_in_order_under_the_paths_of_a_whole_message()
    {
        var read = Stream(Rich);

        Assert.Null(read.Fault);
        Assert.Equal(Rich, read.Raw);
        Assert.Equal(
            [
                "", "", "Text(/content/0/thinking,h)", "Text(/content/0/thinking,m)", "Text(/content/0/signature,c2ln)",
                "end(/content/0/thinking) end(/content/0/signature) OpaqueValue(/content/0/signature,c2ln)",
                "",
                "Text(/content/1/text,caf)", "Text(/content/1/text,é )",
                "Text(/content/1/citations,char_location\nc\n) end(/content/1/citations)", "Text(/content/1/text,😀)",
                "end(/content/1/text) end(/content/1/citations)",
                "end(/stream/line) Text(/stream/line,a comment) end(/stream/line)",
                "fragment(/content/2)", "fragment(/content/2)", "fragment(/content/2)",
                "fragment(/content/2) call(/content/2,t,f,{\"x\":1})",
                "Text(/content/3/content,type\ntitle\nurl\nweb_search_result\nT\nu\n)", "end(/content/3/content)",
                "", "END",
            ],
            read.Events.Select(e => string.Join(' ', e.Deltas.Select(StreamReading.Show))));
    }

    [Fact]
    public void However_the_bytes_are_cut_the_events_are_the_same_and_joined_they_are_the_stream()
    {
        var bytes = Reading.Utf8(Rich);
        var whole = Stream(Rich).ToString();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(whole, StreamReading.Of([bytes.AsMemory(0, cut), bytes.AsMemory(cut)], Format.OpenStream()).ToString());
        }

        Assert.Equal(whole, StreamReading.Of(bytes.Select(b => (ReadOnlyMemory<byte>)new[] { b }), Format.OpenStream()).ToString());
    }

    [Theory]
    [InlineData("""{"type":"tool_use","id":"t","name":"f","input":{"a":1}}""", "f", "f", """{"a":1}""")]
    [InlineData("""{"type":"tool_use","id":"t","name":"f","input":{}}""", "f", "f", "{}")]
    [InlineData(
        """{"type":"tool_use","id":"t","name":"navigate","toolset_name":"browser","input":{}}""",
        "browser.navigate", "browser.navigate", "{}")]
    [InlineData(
        """{"type":"server_tool_use","id":"t","name":"text_editor_code_execution","input":{}}""",
        "text_editor_code_execution", "code_execution", "{}")]
    [InlineData("""{"type":"mcp_tool_use","id":"t","name":"read","server_name":"files","input":{}}""", "mcp.files.read", "mcp.files", "{}")]
    public void Whoever_runs_a_tool_its_call_is_a_tool_call(string block, string name, string definedAs, string arguments)
    {
        var call = Assert.Single(Stream(Start + Block(0, block) + End).ToolCalls);

        Assert.Equal(
            ("/content/0", "t", name, definedAs, arguments), (call.Path, call.Id, call.Name, call.DefinedAs, call.Arguments.Text()));
    }

    [Fact]
    public void An_error_of_the_provider_is_passed_on_and_ends_the_stream()
    {
        var stream = Start + Event("error", """ "error":{"type":"overloaded_error","message":"Overloaded"}""");

        var read = Stream(stream);

        Assert.Null(read.Fault);
        Assert.Equal(stream, read.Raw);
        Assert.Contains("Overloaded", read.TextOf("/error"), StringComparison.Ordinal);
        Assert.Equal(StreamDeltaKind.End, read.Deltas.Last().Kind);
    }

    [Fact]
    public void An_error_within_a_tool_call_is_not_waited_for() =>
        Assert.Equal(
            WireCause.UpstreamTruncated,
            Stream(Start + Event("content_block_start", """ "index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}""")
                + Event("error", """ "error":{"type":"overloaded_error","message":"Overloaded"}""")).Fault?.Cause);

    [Fact]
    public void A_refusal_of_the_model_is_an_answer_whose_explanation_is_screened()
    {
        var read = Stream(Start + Event("message_delta", """ "delta":{"stop_reason":"refusal","stop_sequence":null,"stop_details":"""
            + """{"type":"refusal","category":"cyber","explanation":"no"}},"usage":{}""") + Event("message_stop", ""));

        Assert.Null(read.Fault);
        Assert.Contains("no", read.TextOf("/stop_details"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_delta_of_a_type_that_is_not_known_is_screened_by_its_fields()
    {
        var read = Stream(Start + Block(
            0, """{"type":"something_new"}""", """{"type":"new_delta","words":"a","more":{"b":"c"}}""",
            """{"type":"text_delta","partial_json":"d"}""") + End);

        Assert.Null(read.Fault);
        Assert.Equal(
            ("a", "b\nc\n", "d"),
            (read.TextOf("/content/0/words"), read.TextOf("/content/0/more"), read.TextOf("/content/0/partial_json")));
    }

    [Fact]
    public void A_stream_without_its_last_event_is_complete_when_it_said_why_it_stopped()
    {
        var read = Stream(
            Start + Block(0, """{"type":"text","text":"a"}""") + Event("message_delta", """ "delta":{"stop_reason":"end_turn"}"""));

        Assert.Null(read.Fault);
        Assert.Equal(StreamDeltaKind.End, read.Deltas.Last().Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("event: ping\ndata: {\"type\":\"ping\"}\n\n")]
    public void A_stream_that_breaks_off_is_truncated(string rest)
    {
        Assert.Equal(WireCause.UpstreamTruncated, Stream(Start + rest).Fault?.Cause);
        Assert.Equal(
            WireCause.UpstreamTruncated,
            Stream(Start + Event("content_block_start", """ "index":0,"content_block":{"type":"text","text":""}""") + rest).Fault?.Cause);
    }

    public static TheoryData<string> Ambiguous => new(
        Start + Start,
        Start.Replace("\"content\":[]", "\"content\":[{\"type\":\"text\",\"text\":\"a\"}]", StringComparison.Ordinal),
        Start.Replace(
            "\"content\":[]", "\"content\":[{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"f\",\"input\":{}}]", StringComparison.Ordinal),
        Block(0, """{"type":"text","text":""}"""),
        Start + Block(1, """{"type":"text","text":""}"""),
        Start + Block(0, """{"type":"text","text":""}""") + Block(0, """{"type":"text","text":""}"""),
        Start + Event("content_block_start", """ "index":1,"content_block":{"type":"text","text":"a"}""") + Event(
            "content_block_start", """ "index":0,"content_block":{"type":"text","text":"b"}""")
            + Event("content_block_stop", "\"index\":0") + Event("content_block_stop", "\"index\":1") + End,
        Start + Event("content_block_delta", """ "index":0,"delta":{"type":"text_delta","text":"a"}"""),
        Start + Event("content_block_start", """ "index":0""") + End,
        Start + Block(0, """{"type":"text","text":""}""")
            + Event("content_block_delta", """ "index":0,"delta":{"type":"text_delta","text":"a"}"""),
        Start + Block(0, """{"type":"tool_use","id":"t","name":"f","input":{}}""")
            + Event("content_block_delta", """ "index":0,"delta":{"type":"input_json_delta","partial_json":"a"}"""),
        Start + Block(
            0, """{"type":"tool_use","id":"t","name":"f","input":{"a":1}}""", """{"type":"input_json_delta","partial_json":"{}"}"""),
        Start + Event("content_block_start", """ "index":0,"content_block":{"type":"text","text":""}""") + End,
        Start + Event("ping", """ "content_block":{"type":"tool_use","id":"t","name":"f","input":{}}"""),
        Start + End + Event("ping", ""),
        Start + "event: ping\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
        Start + "data: [DONE]\n\n",
        Start + "data: {\"type\":\"ping\",\"type\":\"ping\"}\n\n",
        Start + Event("content_block_start", """ "index":-1,"content_block":{"type":"text"}"""),
        Start + Event("content_block_start", """ "index":0.5,"content_block":{"type":"text"}"""));

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public void A_stream_that_clients_could_read_in_two_ways_is_not_released(string stream) =>
        Assert.Equal(WireCause.UpstreamInvalid, Stream(stream).Fault?.Cause);
}
