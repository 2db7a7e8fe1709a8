using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;
using static Holdpoint.Gateway.Tests.Wire.ResponsesEvents;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>A streamed response says everything three or four times; what is screened is everything, and nothing of it twice.</summary>
public sealed class OpenAiResponsesStreamTests
{
    private const string Key = "/output/0/content/0/text";

    [Fact]
    public void A_text_is_read_once_however_often_it_is_repeated()
    {
        var read = Read(Start + Said(0, "good ", "morning") + Completed(Saying("good morning")));

        Assert.Null(read.Fault);
        Assert.Equal("good morning", read.TextOf(Key));
        Assert.Equal(StreamDeltaKind.End, read.Deltas.Last().Kind);
        Assert.Equal(["Text", "Text", "PartEnd", "End"], read.Deltas.Select(delta => delta.Kind.ToString()));
    }

    [Theory]
    [InlineData("response.output_text.done", "\"output_index\":0,\"content_index\":0,\"text\":\"other\"")]
    [InlineData(
        "response.content_part.done", "\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"other\"}")]
    [InlineData(
        "response.output_item.done",
        "\"output_index\":0,\"item\":{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"other\"}]}")]
    [InlineData(
        "response.completed",
        "\"response\":{\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"other\"}]}]}")]
    [InlineData(
        "response.incomplete",
        "\"response\":{\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"other\"}]}]}")]
    public void What_is_no_repetition_is_read_as_new(string type, string fields)
    {
        var read = Read(Start + Delta(0, "good morning") + Event(type, fields) + Completed());

        Assert.Equal("good morningother", read.TextOf(Key));
    }

    [Theory]
    [InlineData("response.refusal.delta", "\"content_index\":1,\"delta\":\"said\"", "/output/2/content/1/refusal")]
    [InlineData("response.refusal.done", "\"content_index\":1,\"refusal\":\"said\"", "/output/2/content/1/refusal")]
    [InlineData("response.output_text.delta", "\"content_index\":1,\"delta\":\"said\"", "/output/2/content/1/text")]
    [InlineData("response.output_text.done", "\"content_index\":1,\"text\":\"said\"", "/output/2/content/1/text")]
    [InlineData(
        "response.output_text.delta", "\"content_index\":1,\"delta\":\"\",\"logprobs\":[{\"token\":\"said\",\"logprob\":0}]",
        "/output/2/content/1/logprobs")]
    [InlineData("response.reasoning_text.delta", "\"content_index\":1,\"delta\":\"said\"", "/output/2/content/1/text")]
    [InlineData("response.reasoning_summary_text.delta", "\"summary_index\":3,\"delta\":\"said\"", "/output/2/summary/3/text")]
    [InlineData("response.reasoning_summary_text.done", "\"summary_index\":3,\"text\":\"said\"", "/output/2/summary/3/text")]
    [InlineData(
        "response.reasoning_summary_part.done",
        "\"summary_index\":3,\"part\":{\"type\":\"summary_text\",\"text\":\"said\"}", "/output/2/summary/3/text")]
    [InlineData(
        "response.content_part.added", "\"content_index\":1,\"part\":{\"type\":\"output_text\",\"text\":\"said\"}",
        "/output/2/content/1/text")]
    [InlineData(
        "response.output_text.annotation.added",
        "\"content_index\":1,\"annotation_index\":0,\"annotation\":{\"title\":\"said\"}", "/output/2/content/1/annotations")]
    [InlineData("response.code_interpreter_call_code.delta", "\"delta\":\"said\"", "/output/2/code")]
    [InlineData("response.code_interpreter_call_code.done", "\"code\":\"said\"", "/output/2/code")]
    [InlineData("response.mcp_call_arguments.done", "\"arguments\":\"said\"", "/output/2/arguments")]
    [InlineData("response.audio.transcript.delta", "\"delta\":\"said\"", "/stream/response.audio.transcript.delta/output/2")]
    [InlineData("response.of.tomorrow", "\"delta\":\"said\"", "/stream/response.of.tomorrow/output/2")]
    [InlineData("response.of.tomorrow", "\"text\":\"said\"", "/stream/response.of.tomorrow/output/2")]
    [InlineData("response.of.tomorrow", "\"delta\":{\"text\":\"said\"}", "/stream/response.of.tomorrow/output/2")]
    [InlineData("response.of.tomorrow", "\"more\":[{\"deep\":\"said\"}]", "/stream/more")]
    [InlineData("response.of.tomorrow", "\"name\":\"said\"", "/stream/name")]
    [InlineData("response.of.tomorrow", "\"annotation\":\"said\"", "/stream/annotation")]
    [InlineData("response.of.tomorrow", "\"item_id\":\"said and more\"", "/stream/item_id")]
    [InlineData("response.in_progress", "\"response\":{\"output\":[],\"instructions\":\"said\"}", "/instructions")]
    [InlineData("response.failed", "\"response\":{\"output\":[],\"error\":{\"code\":\"x\",\"message\":\"said\"}}", "/error")]
    [InlineData("response.output_item.done", "\"item\":{\"type\":\"shell_call_output\",\"output\":[{\"stdout\":\"said\"}]}", "/output/2")]
    [InlineData("error", "\"code\":\"x\",\"message\":\"said\",\"param\":null", "/stream/message")]
    [InlineData("error", "\"code\":\"said\"", "/stream/code")]
    public void No_string_of_an_event_is_left_out(string type, string fields, string key)
    {
        var read = Read(Event(type, "\"output_index\":2," + fields));

        Assert.Contains("said", read.TextOf(key), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_the_events_type_is_read_and_so_is_every_other_line()
    {
        Assert.Equal("write this", Read("event: write this\ndata: {\"type\":\"response.created\"}\n\n").TextOf("/stream/line"));
        Assert.Equal("a comment", Read(": a comment\n\n").TextOf("/stream/line"));
    }

    [Fact]
    public void Pictures_and_sound_are_opaque()
    {
        var read = Read(
            Event("response.image_generation_call.partial_image", "\"output_index\":1,\"partial_image_b64\":\"AAEC\"")
            + Event("response.audio.delta", "\"delta\":\"AwQF\""));

        Assert.Equal(
            [("/output/1/partial_image", "AAEC"), ("/output/audio", "AwQF")],
            read.Deltas.Where(delta => delta.Kind == StreamDeltaKind.Opaque).Select(delta => (delta.Key, delta.Text.Text())));
    }

    [Fact]
    public void A_tool_call_is_decided_once_with_its_whole_item_and_all_its_events_wait()
    {
        var read = Read(Start + Called(0, "f", "{\"a\"", ":1}") + Completed(Calling("f", "{\"a\":1}")));

        Assert.Null(read.Fault);
        var call = Assert.Single(read.ToolCalls);
        Assert.Equal(("/output/0", "call_1", "f", "{\"a\":1}"), (call.Path, call.Id, call.Name, call.Arguments.Text()));
        Assert.Equal(
            [0, 1, 1, 1, 1, 1, 0], read.Events.Select(e => e.Deltas.Any(delta => delta.Kind == StreamDeltaKind.ToolCallFragment) ? 1 : 0));
    }

    [Fact]
    public void A_call_that_only_the_end_tells_of_is_decided_there()
    {
        Assert.Equal("f", Assert.Single(Read(Start + Completed(Calling("f", "{}"))).ToolCalls).Name);
        Assert.Equal("g", Assert.Single(Read(Start + ArgumentsDelta(0, "x") + Completed(Calling("g", "x"))).ToolCalls).Name);
    }

    [Fact]
    public void A_call_that_is_repeated_otherwise_is_decided_again() =>
        Assert.Equal(
            ["{}", "{\"b\":2}"],
            Read(Start + Called(0, "f", "{}") + Completed(Calling("f", "{\"b\":2}"))).ToolCalls.Select(call => call.Arguments.Text()));

    [Fact]
    public void What_a_provider_ran_is_one_tool_call_and_what_was_said_before_it_was_done_is_text()
    {
        const string Begun = """{"id":"ws_1","type":"web_search_call","status":"in_progress","action":{"query":"first"}}""";
        const string Done = """{"id":"ws_1","type":"web_search_call","status":"completed","action":{"query":"last"}}""";

        var read = Read(
            Start + Event("response.output_item.added", $"\"output_index\":0,\"item\":{Begun}") + Event(
                "response.web_search_call.searching", "\"output_index\":0,\"item_id\":\"ws_1\"")
            + Event("response.output_item.done", $"\"output_index\":0,\"item\":{Done}") + Completed(Done));

        Assert.Null(read.Fault);
        var call = Assert.Single(read.ToolCalls);
        Assert.Equal(("web_search", Done), (call.Name, call.Arguments.Text()));
        Assert.Equal(Begun, read.TextOf("/output/0"));
    }

    public static TheoryData<string> Contradictions() =>
    [
        Start + Event("response.output_item.added", $"\"output_index\":0,\"item\":{Calling("f", "")}") + ArgumentsDelta(0, "{}")
        + Event("response.output_item.done", $"\"output_index\":0,\"item\":{Calling("f", "{\"a\":1}")}"),
        Start + Event("response.output_item.added", $"\"output_index\":0,\"item\":{Calling("f", "")}")
            + Event("response.output_item.done", $"\"output_index\":0,\"item\":{Calling("g", "{}")}"),
        Start + Event("response.output_item.added", $"\"output_index\":0,\"item\":{Calling("f", "")}")
            + Event("response.output_item.done", $"\"output_index\":0,\"item\":{Calling("f", "{}", "call_9")}"),
        Start + Event("response.output_item.added", $"\"output_index\":0,\"item\":{Calling("f", "{\"x\":1}")}")
            + Event("response.output_item.done", $"\"output_index\":0,\"item\":{Calling("f", "{}")}"),
        Start + ArgumentsDelta(0, "{}") + Event("response.function_call_arguments.done", "\"output_index\":0,\"arguments\":\"{}\"")
            + Event("response.function_call_arguments.done", "\"output_index\":0,\"arguments\":\"[]\""),
        Start + ArgumentsDelta(0, "{}") + Event(
            "response.function_call_arguments.done", "\"output_index\":0,\"name\":\"g\",\"arguments\":\"{}\"")
            + Completed(Calling("f", "{}")),
        Start + Called(0, "f", "{}") + ArgumentsDelta(0, "more") + Completed(),
        Start + Event("response.function_call_arguments.done", "\"output_index\":0,\"arguments\":\"{}\",\"input\":\"x\""),
        Start + Completed() + Delta(0, "late"),
        Start + Event("response.output_text.delta", "\"output_index\":-1,\"delta\":\"x\""),
        Start + Event("response.output_text.delta", "\"output_index\":\"0\",\"delta\":\"x\""),
        Start + Event("response.output_item.done", "\"output_index\":0,\"item\":{\"role\":\"assistant\"}"),
        Start + Event("response.output_item.done", "\"output_index\":0,\"item\":\"text\""),
        Start + "data: {\"type\":\"response.created\",\"type\":\"error\"}\n\n",
        Start + "data: no json\n\n",
        Start + "data: [1]\n\n",
    ];

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_stream_that_two_clients_could_read_differently_is_a_fault(string stream)
    {
        var read = Read(stream);

        Assert.Equal((502, WireCause.UpstreamInvalid), (read.Fault?.Status, read.Fault?.Cause));
        Assert.StartsWith(read.Raw, stream, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: [DONE]\n\n")]
    public void A_stream_without_its_end_is_truncated(string end)
    {
        Assert.Equal(WireCause.UpstreamTruncated, Read(Start + Said(0, "a") + end).Fault?.Cause);
        Assert.Equal(WireCause.UpstreamTruncated, Read(end).Fault?.Cause);
    }

    [Fact]
    public void A_call_that_is_never_complete_is_truncated() =>
        Assert.Equal(WireCause.UpstreamTruncated, Read(Start + ArgumentsDelta(0, "{") + Completed()).Fault?.Cause);

    [Fact]
    public void A_done_marker_after_the_end_is_let_through()
    {
        var read = Read(Start + Completed() + "data: [DONE]\n\n");

        Assert.Null(read.Fault);
        Assert.EndsWith("[DONE]\n\n", read.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Instructions_that_the_request_has_say_nothing_new_in_any_event()
    {
        var call = Call("""{"model":"m","instructions":"be brief","input":"a"}""", Responses);
        var response = "\"response\":{\"output\":[],\"instructions\":\"be brief\"}";

        var read = StreamReading.Of(
            Event("response.created", response) + Event("response.in_progress", response) + Event("response.completed", response),
            Responses, call);

        Assert.Null(read.Fault);
        Assert.Equal(["End"], read.Deltas.Select(delta => delta.Kind.ToString()));
    }

    [Fact]
    public void Completions_stream_by_choice_and_end_as_chats_do()
    {
        static string Chunk(int index, string text, string finish = "null") =>
            """data: {"id":"cmpl-1","object":"text_completion","choices":["""
            + $$"""{"text":"{{text}}","index":{{index}},"logprobs":null,"finish_reason":{{finish}}}]}""" + "\n\n";
        var read = StreamReading.Of(
            Chunk(0, "a") + Chunk(1, "b") + Chunk(0, "c", "\"stop\"") + Chunk(1, "", "\"stop\"") + "data: [DONE]\n\n", Completions);

        Assert.Null(read.Fault);
        Assert.Equal(("ac", "b"), (read.TextOf("/choices/0/text"), read.TextOf("/choices/1/text")));
        Assert.Equal(WireCause.UpstreamTruncated, StreamReading.Of(Chunk(0, "a"), Completions).Fault?.Cause);
        Assert.Null(StreamReading.Of(Chunk(0, "a", "\"stop\""), Completions).Fault);
        Assert.Equal(WireCause.UpstreamInvalid, StreamReading.Of(Chunk(4_000, "a"), Completions).Fault?.Cause);
        Assert.Contains("said", string.Concat(StreamReading.Of(
            "data: {\"choices\":[{\"text\":\"\",\"logprobs\":{\"tokens\":[\"said\"]}}]}\n\n",
            Completions).Deltas.Select(delta => delta.Text.Text())), StringComparison.Ordinal);
    }

    private static StreamReading Read(string stream) => StreamReading.Of(stream, Responses);
}
