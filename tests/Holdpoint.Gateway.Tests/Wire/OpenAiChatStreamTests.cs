using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class OpenAiChatStreamTests
{
    private const string Done = "data: [DONE]\n\n";

    private static readonly string Rich = string.Concat(
        ": hello\r\n\r\n",
        Script.ChunkEvent("""{"role":"assistant","content":"","refusal":null}"""),
        Script.ChunkEvent("""{"reasoning_content":"hm"}"""),
        Script.ChunkEvent("""{"content":"caf\u00e9 \ud83d\ude00"}""").Replace("\n", "\r\n", StringComparison.Ordinal),
        Script.ChunkEvent("""{"content":" é😀"}""").Replace("\n", "\r", StringComparison.Ordinal),
        "event: message\nid: 7\nretry: 100\ndata: {\"choices\":\ndata: []}\n\n",
        "\n",
        Script.ChunkEvent("""{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}"""),
        Script.ChunkEvent("""{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}"""),
        Script.ChunkEvent("{}", "\"tool_calls\""),
        Done);

    [Fact]
    public void However_the_bytes_are_cut_the_events_are_the_same_and_joined_they_are_the_stream()
    {
        var bytes = Utf8(Rich);
        var whole = StreamReading.Of(Rich);
        Assert.Null(whole.Fault);
        Assert.Equal(Rich, whole.Raw);

        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(whole.ToString(), StreamReading.Of([bytes.AsMemory(0, cut), bytes.AsMemory(cut)]).ToString());
        }

        Assert.Equal(whole.ToString(), StreamReading.Of(bytes.Select(b => (ReadOnlyMemory<byte>)new[] { b })).ToString());
    }

    [Theory]
    [InlineData("""{"delta":{"tool_calls":{"index":0,"function":{"name":"f","arguments":"{}"}}}}""")]
    [InlineData("""{"delta":{"function_call":[{"name":"f","arguments":"{}"}]}}""")]
    [InlineData("""{"message":{"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}}""")]
    [InlineData("""{"message":{"function_call":{"name":"f","arguments":"{}"}}}""")]
    public void A_tool_call_where_a_stream_has_none_is_a_fault_and_no_text(string choice) =>
        Assert.Equal(WireCause.UpstreamInvalid, StreamReading.Of($"data: {{\"choices\":[{choice}]}}\n\n{Done}").Fault?.Cause);

    [Fact]
    public void A_message_that_is_repeated_without_tool_calls_is_read() =>
        Assert.Null(StreamReading.Of(
            $"data: {{\"choices\":[{{\"message\":{{\"content\":\"a\",\"tool_calls\":[],\"function_call\":null}}}}]}}\n\n{Done}").Fault);

    [Theory]
    [InlineData("\uFEFFdata: {\"choices\":[]}\n\n", false)]
    [InlineData(": c\n\n\uFEFFdata: {}\n\n", true)]
    [InlineData("\uFEFF\uFEFFdata: {}\n\n", true)]
    [InlineData(": c\r\uFEFFdata: {}\n\n", true)]
    [InlineData("id: 1\n\uFEFFevent: x\n\n", true)]
    [InlineData("data: {\"choices\":[],\"x\":\"\uFEFF\"}\n\n", false)]
    public void A_line_behind_a_byte_order_mark_ends_the_stream_for_some_clients_read_it(string stream, bool isRefused) =>
        Assert.Equal(isRefused, StreamReading.Of(stream + Done).Fault is not null);

    [Fact]
    public void Any_cut_of_any_stream_gives_the_same_events() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var pieces = new string[random.Next(30)];
            for (var i = 0; i < pieces.Length; i++)
            {
                pieces[i] = random.Next(9) switch
                {
                    0 =>
                        "\r", 1 => "\n", 2 => "\r\n", 3 => ": c",
                        4 => "data: {\"choices\":[]}", 5 => "data", 6 => "x: y", 7 => ":", _ => Script.ChunkEvent("""{"content":"a"}"""),
                };
            }

            var bytes = Utf8(string.Concat(pieces));
            var cuts = new List<ReadOnlyMemory<byte>>();
            for (var start = 0; start < bytes.Length;)
            {
                var length = Math.Min(bytes.Length - start, random.Next(1, 12));
                cuts.Add(bytes.AsMemory(start, length));
                start += length;
            }

            var whole = StreamReading.Of([bytes]);
            Assert.Equal(whole.ToString(), StreamReading.Of(cuts).ToString());
            Assert.StartsWith(whole.Raw, string.Concat(pieces), StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 20_000)));

    [Fact]
    public void A_byte_order_mark_before_the_first_event_changes_nothing()
    {
        var stream = "\ufeff" + Script.ChunkEvent("""{"content":"a"}""") + Done;

        var read = StreamReading.Of(stream);

        Assert.Null(read.Fault);
        Assert.Equal("a", read.TextOf("/choices/0/message/content"));
        Assert.Equal(stream, read.Raw);
    }

    [Fact]
    public void Deltas_come_in_order_and_one_text_ends_when_the_next_begins()
    {
        Assert.Equal(
            [
                "end(/stream/line) Text(/stream/line,hello) end(/stream/line)",
                "",
                "Text(reasoning_content,hm)",
                "end(reasoning_content) Text(content,café 😀)",
                "Text(content, é😀)",
                "end(/stream/line) Text(/stream/line,7) end(/stream/line)",
                "",
                "end(content) fragment(tool_calls/0)",
                "fragment(tool_calls/0)",
                "call(/choices/0/message/tool_calls/0,a,f,{})",
                "END",
            ],
            StreamReading.Of(Rich).Events.Select(e => string.Join(' ', e.Deltas.Select(StreamReading.Show))));
    }

    [Fact]
    public void Text_that_comes_with_other_text_in_one_event_stays_open()
    {
        var read = StreamReading.Of(
            Script.ChunkEvent("""{"content":"a","reasoning_content":"b"}""")
            + Script.ChunkEvent("""{"content":"c"}""") + Script.ChunkEvent("{}", "\"stop\"") + Done);

        Assert.Equal(
            ["Text(content,a) Text(reasoning_content,b)", "end(reasoning_content) Text(content,c)", "end(content)", "END"],
            read.Events.Select(e => string.Join(' ', e.Deltas.Select(StreamReading.Show))));
    }

    [Fact]
    public void A_tool_call_ends_when_the_next_begins_and_keeps_the_index_of_its_own()
    {
        var read = StreamReading.Of(
            Script.ChunkEvent("""{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\""}}]}""") +
            Script.ChunkEvent("""{"tool_calls":[{"index":0,"function":{"arguments":":1}"}},"""
                + """{"index":1,"id":"b","type":"custom","custom":{"name":"c","input":"go"}}]}""") +
            Script.ChunkEvent("""{"function_call":null}""") +
            Script.ChunkEvent("{}", "\"tool_calls\"") + Done);

        Assert.Equal(
            ["fragment(tool_calls/0)", "fragment(tool_calls/0) call(/choices/0/message/tool_calls/0,a,f,{\"x\":1}) "
                + "fragment(tool_calls/1)", "", "call(/choices/0/message/tool_calls/1,b,c,go)", "END"],
            read.Events.Select(e => string.Join(' ', e.Deltas.Select(StreamReading.Show))));
    }

    [Fact]
    public void The_legacy_function_call_is_a_tool_call()
    {
        var read = StreamReading.Of(
            Script.ChunkEvent("""{"function_call":{"name":"f","arguments":""}}""") + Script.ChunkEvent(
                """{"function_call":{"arguments":"{}"}}""") + Done);

        var call = Assert.Single(read.ToolCalls);
        Assert.Equal(("/choices/0/message/function_call", null, "f", "{}"), (call.Path, call.Id, call.Name, call.Arguments.Text()));
    }

    [Fact]
    public void Choices_are_kept_apart_also_when_the_index_stands_last()
    {
        string Chunk(int index, string text) =>
            $$"""data: {"choices":[{"delta":{"content":"{{text}}"},"finish_reason":null,"index":{{index}}}]}""" + "\n\n";

        var read = StreamReading.Of(Chunk(0, "a") + Chunk(1, "x") + Chunk(0, "b") + Chunk(1, "y") + Done);

        Assert.Equal(("ab", "xy"), (read.TextOf("/choices/0/message/content"), read.TextOf("/choices/1/message/content")));
    }

    [Theory]
    [InlineData("""{"refusal":"§"}""", "/choices/0/message/refusal")]
    [InlineData("""{"reasoning_content":"§"}""", "/choices/0/message/reasoning_content")]
    [InlineData("""{"reasoning":"§"}""", "/choices/0/message/reasoning")]
    [InlineData("""{"audio":{"id":"a","transcript":"§"}}""", "/choices/0/message/audio/transcript")]
    [InlineData("""{"audio":{"caption":"§"}}""", "/choices/0/message/audio/caption")]
    [InlineData("""{"content":[{"type":"thinking","thinking":"§"}]}""", "/choices/0/message/content")]
    [InlineData("""{"role":"§"}""", "/choices/0/delta/role")]
    [InlineData(
        """{"tool_calls":[{"index":0,"function":{"name":"f","arguments":""},"extra":{"why":"§"}}]}""", "/choices/0/message/tool_calls")]
    public void No_string_of_a_delta_is_left_out(string delta, string key)
    {
        var read = StreamReading.Of(Script.ChunkEvent(delta.Replace("§", "the m\\u0061rker", StringComparison.Ordinal)) + Done);

        Assert.Contains("the marker", read.TextOf(key), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"choices":[],"note":"§"}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{},"logprobs":{"content":[{"token":"§"}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{},"stop_text":"§"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":"§"}]}""")]
    [InlineData("""{"error":{"message":"§"}}""")]
    [InlineData("""{"choices":[],"usage":{"x":"§"}}""")]
    public void No_string_of_a_chunk_is_left_out(string chunk)
    {
        var read = StreamReading.Of("data: " + chunk.Replace("§", "the marker", StringComparison.Ordinal) + "\n\n" + Done);

        Assert.Null(read.Fault);
        Assert.Contains(read.Deltas, d => d.Kind == StreamDeltaKind.Text && d.Text.Text().Contains("the marker", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(": the marker\n\n")]
    [InlineData("id: the marker\n\n")]
    [InlineData("event: the marker\n\n")]
    [InlineData("retry: the marker\n\n")]
    [InlineData("the marker\n\n")]
    [InlineData("the marker: x\n\n")]
    public void No_line_of_an_event_is_left_out(string lines) =>
        Assert.Contains(
            "the marker", StreamReading.Of(lines + Script.ChunkEvent("{}", "\"stop\"") + Done).TextOf("/stream/line"),
            StringComparison.Ordinal);

    [Fact]
    public void Spoken_answers_are_opaque() =>
        Assert.Equal(
            ["Opaque(audio/data,AAEC)", "Opaque(audio/data,AAED)", "END"],
            StreamReading.Of(Script.ChunkEvent("""{"audio":{"data":"AAEC"}}""") + Script.ChunkEvent(
                """{"audio":{"data":"AAED"}}""") + Done).Deltas.Select(StreamReading.Show));

    [Theory]
    [InlineData("data: nonsense\n\n")]
    [InlineData("data: {\"choices\":[7]}\n\n")]
    [InlineData("data: {\"choices\":[]} x\n\n")]
    [InlineData("data: {\"choices\":[],\"choices\":[]}\n\n")]
    [InlineData("data: {\"choices\":[{\"index\":-1,\"delta\":{}}]}\n\n")]
    [InlineData("data: {\"choices\":[{\"index\":128,\"delta\":{}}]}\n\n")]
    [InlineData("data: {\"choices\":[{\"index\":\"0\",\"delta\":{}}]}\n\n")]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ud800\"}}]}\n\n")]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]}}]}\n\n")]
    [InlineData(
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"x\"}}]}}]}\n\n" + Done)]
    [InlineData(Done + "data: {\"choices\":[]}\n\n")]
    [InlineData(Done + Done)]
    public void A_stream_that_cannot_be_read_for_certain_is_a_fault(string stream)
    {
        var fault = StreamReading.Of(stream).Fault;

        Assert.Equal((502, "upstream_invalid"), (fault?.Status, fault?.Cause));
    }

    [Theory]
    [InlineData("""{"tool_calls":[{"index":0,"function":{"arguments":"more"}}]}""")]
    [InlineData("""{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"more"}}]}""")]
    [InlineData("""{"tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"more"}}]}""")]
    [InlineData("""{"function_call":{"name":"f","arguments":"more"}}""")]
    public void A_tool_call_cannot_grow_after_it_was_complete(string late)
    {
        const string Two = """{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}},"""
            + """{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}""";

        var third = Script.ChunkEvent("""{"tool_calls":[{"index":2,"id":"c","function":{"name":"h","arguments":""}}]}""");
        Assert.Equal("upstream_invalid", StreamReading.Of(Script.ChunkEvent(Two) + third + Script.ChunkEvent(late) + Done).Fault?.Cause);
        Assert.Equal(
            "upstream_invalid", StreamReading.Of(Script.ChunkEvent(Two, "\"tool_calls\"") + Script.ChunkEvent(late) + Done).Fault?.Cause);
    }

    [Fact]
    public void No_tool_call_begins_after_the_reason_why_the_choice_ended()
    {
        var late = Script.ChunkEvent("""{"tool_calls":[{"index":7,"id":"z","function":{"name":"f","arguments":"{}"}}]}""");

        Assert.Equal("upstream_invalid", StreamReading.Of(Script.ChunkEvent("{}", "\"stop\"") + late + Done).Fault?.Cause);
    }

    [Theory]
    [InlineData("""{"index":0,"id":"b","function":{"arguments":""}}""")]
    [InlineData("""{"index":0,"function":{"name":"g"}}""")]
    public void A_tool_call_has_one_name_and_one_id(string second)
    {
        var first = Script.ChunkEvent("""{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]}""");

        Assert.Equal(
            "upstream_invalid", StreamReading.Of(first + Script.ChunkEvent($$"""{"tool_calls":[{{second}}]}""") + Done).Fault?.Cause);
    }

    [Fact]
    public void Invalid_utf8_is_a_fault_also_outside_data() =>
        Assert.Equal("upstream_invalid", StreamReading.Of([new byte[] { (byte)':', 0xFF, (byte)'\n', (byte)'\n' }]).Fault?.Cause);

    [Fact]
    public void A_stream_that_stops_before_its_end_is_truncated()
    {
        var whole = Script.ChunkEvent("""{"content":"a"}""") + Script.ChunkEvent("{}", "\"stop\"");

        Assert.Equal("upstream_truncated", StreamReading.Of("").Fault?.Cause);
        Assert.Equal("upstream_truncated", StreamReading.Of(Script.ChunkEvent("""{"content":"a"}""")).Fault?.Cause);
        Assert.Equal("upstream_invalid", StreamReading.Of(whole[..^6]).Fault?.Cause);

        var withoutDone = StreamReading.Of(whole);
        Assert.Null(withoutDone.Fault);
        Assert.Equal(StreamDelta.End, withoutDone.Deltas.Last());
    }

    [Fact]
    public void An_event_without_its_empty_line_is_still_read_and_kept()
    {
        var stream = Script.ChunkEvent("""{"content":"a"}""") + "data: [DONE]";

        var read = StreamReading.Of(stream);

        Assert.Null(read.Fault);
        Assert.Equal(stream, read.Raw);
        Assert.Equal(StreamDelta.End, read.Deltas.Last());
    }

    [Fact]
    public void Events_and_streams_end_at_their_limits()
    {
        var limits = new WireLimits { MaxEventBytes = 300, MaxStreamBytes = 1000 };
        StreamReading Of(string stream) => StreamReading.Of([Utf8(stream)], limits);

        Assert.Null(Of(Script.ChunkEvent("""{"content":"a"}""") + Done).Fault);
        Assert.Equal("upstream_too_large", Of(Script.ChunkEvent($$"""{"content":"{{new string('a', 300)}}"}""")).Fault?.Cause);
        Assert.Equal("upstream_too_large", Of("data: " + new string('a', 400)).Fault?.Cause);
        Assert.Equal("upstream_too_large", Of(string.Concat(Enumerable.Repeat(Script.ChunkEvent("""{"content":"a"}"""), 10))).Fault?.Cause);
    }

    [Fact]
    public void A_streamed_answer_and_the_same_whole_give_the_same_texts_and_tool_calls()
    {
        var whole = (AnswerOutcome.Readable)Format.ReadAnswer(Utf8(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"café au lait","tool_calls":["""
            + """{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}}]},"finish_reason":"tool_calls"}]}"""));
        var streamed = StreamReading.Of(
            Script.ChunkEvent("""{"role":"assistant","content":"caf\u00e9 "}""") + Script.ChunkEvent("""{"content":"au lait"}""") +
            Script.ChunkEvent("""{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\""}}]}""") +
            Script.ChunkEvent("""{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}""")
                + Script.ChunkEvent("{}", "\"tool_calls\"") + Done);

        var part = Assert.Single(whole.Parts);
        Assert.Equal(part.Bytes.Text(), streamed.TextOf(part.Path));
        Assert.Equal(
            whole.ToolCalls.Select(c => (c.Path, c.Id, c.Name, c.Arguments.Text())),
            streamed.ToolCalls.Select(c => (c.Path, c.Id, c.Name, c.Arguments.Text())));
    }

    [Fact]
    public void Damaged_streams_never_throw_and_keep_the_bytes_in_order() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var bytes = Utf8(Rich);
            for (var i = random.Next(1, 8); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var events = StreamReading.Of([bytes]).Events;

            Assert.True(bytes.AsSpan().StartsWith(events.SelectMany(e => e.Raw.ToArray()).ToArray()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 20_000)));
}
