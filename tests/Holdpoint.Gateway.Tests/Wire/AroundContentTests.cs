using Holdpoint.Gateway.Effects;
using Holdpoint.Testing.Upstreams;
using Holdpoint.Wire;
using Holdpoint.Wire.Json;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>Words around the content of answers: ids, models, names, padding, and texts that come in parts.</summary>
public sealed class AroundContentTests
{
    private const string Done = "data: [DONE]\n\n";

    [Theory]
    [InlineData("chatcmpl-1")]
    [InlineData("req_011f8a3b9c")]
    [InlineData("fp_44709d6fcb")]
    [InlineData("msg_68a1f2c3d4e5f60718293a4b5c6d7e8f")]
    [InlineData("gpt-4o-mini-2024-07-18")]
    [InlineData("claude-3-5-sonnet-20241022")]
    [InlineData("meta-llama/Llama-3.3-70B-Instruct-Turbo")]
    [InlineData("text-embedding-3-large")]
    [InlineData("gen-1732829204")]
    public void A_token_without_room_for_a_sentence_is_plain(string token) => Assert.True(PlainTokens.IsPlain(Utf8(token)));

    [Theory]
    [InlineData("operation-bluebird-falls-tonight")]
    [InlineData("bring-it-down")]
    [InlineData("bluebird")]
    [InlineData("chatcmpl-bluebird")]
    [InlineData("b3BlcmF0aW9uIGJsdWViaXJk")]
    [InlineData("+14155550123")]
    [InlineData("415-555-0123")]
    [InlineData("track his phone")]
    [InlineData("ünder")]
    public void Any_other_is_not(string token) => Assert.False(PlainTokens.IsPlain(Utf8(token)));

    [Fact]
    public void The_model_that_the_request_names_is_no_news()
    {
        const string Model = "ft:bluebird-falls";
        var call = Call($$"""{"model":"{{Model}}","messages":[{"role":"user","content":"a"}]}""");
        var answer = $$"""{"choices":[],"model":"{{Model}}"}""";

        Assert.Empty(Answer(answer, Format, call).Parts);
        Assert.Equal("/model", Assert.Single(Answer(answer, Format).Parts).Path);
        Assert.DoesNotContain(
            StreamReading.Of($"data: {answer}\n\n" + Done, Format, call).Deltas, delta => delta.Kind == StreamDeltaKind.Text);
    }

    [Fact]
    public void A_word_that_every_event_repeats_is_read_once()
    {
        var chunk = """data: {"id":"chatcmpl-AbCdEfGhIjKl","a_field_of_tomorrow":1,"choices":[{"index":0,"delta":{"content":"a"}}]}"""
            + "\n\n";

        var read = StreamReading.Of(chunk + chunk + chunk + Done);

        Assert.Equal("chatcmpl-AbCdEfGhIjKl", read.TextOf("/id"));
        Assert.Single(read.Deltas, delta => delta.Kind == StreamDeltaKind.Text && delta.Text.Text() == "a_field_of_tomorrow");
        Assert.Equal("aaa", read.TextOf("/choices/0/message/content"));
    }

    [Fact]
    public void Words_around_content_come_behind_it() =>
        Assert.Equal(
            ["one", "two", "bluebird-1", "bluebird_of_tomorrow"],
            Answer(
                """{"id":"bluebird-1","choices":[{"message":{"content":"one","bluebird_of_tomorrow":1,"refusal":"two"}}]}""", Format)
                .Parts.Select(part => part.Bytes.Text()));

    [Fact]
    public void Texts_of_content_parts_stand_side_by_side()
    {
        var parts = Answer(
            """{"choices":[{"message":{"content":[{"type":"text","text":"track his"},"""
            + """{"name_between":"x","type":"text","text":" phone"}]}}]}""",
            Format).Parts;

        Assert.Equal(["track his", " phone"], parts.Take(2).Select(part => part.Bytes.Text()));
        Assert.All(parts, part => Assert.Equal("/choices/0/message/content", part.Path));
        Assert.Contains("name_between", parts[2].Bytes.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"§"}]}""", "content")]
    [InlineData("""{"content":["§"]}""", "content")]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"§"}]}]}""", "content")]
    [InlineData("""{"reasoning_details":[{"type":"reasoning.text","text":"§","format":"f-v1","index":0}]}""", "reasoning_details")]
    [InlineData("""{"reasoning_details":[{"type":"reasoning.summary","summary":"§","index":0}]}""", "reasoning_details")]
    public void A_text_that_comes_token_by_token_in_an_array_is_one_text(string delta, string field)
    {
        var read = StreamReading.Of(string.Concat("track his phone".Select(c =>
            Script.ChunkEvent(delta.Replace("§", c.ToString(), StringComparison.Ordinal)))) + Script.ChunkEvent("{}", "\"stop\"") + Done);

        Assert.Equal("track his phone", read.TextOf("/choices/0/message/" + field));
    }

    [Fact]
    public void Whole_values_without_a_shape_are_grouped_by_name()
    {
        var part = Assert.Single(Answer(
            """{"choices":[{"message":{"of_tomorrow":[{"kind":"x","said":"track"},{"kind":"y","said":"his phone"}]}}]}""", Format).Parts,
            part => part.Path.EndsWith("of_tomorrow", StringComparison.Ordinal));

        Assert.Contains("track\nhis phone\n", part.Bytes.Text(), StringComparison.Ordinal);
        Assert.Contains("kind\n", part.Bytes.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_and_their_bytes_are_each_one_run_of_text()
    {
        var text = string.Concat(Answer(
            """{"choices":[{"message":{},"logprobs":{"content":[{"token":"tra","bytes":[116,114,97],"top_logprobs":[{"token":"x"}]},"""
            + """{"token":"ck","bytes":[99,107],"top_logprobs":[{"token":"y"}]}]}}]}""", Format).Parts.Select(part => part.Bytes.Text()));

        Assert.Contains("tra\nck\n", text, StringComparison.Ordinal);
        Assert.Contains("track", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"c","type":"look_up","q":"x"}""", "/v1/chat/completions")]
    [InlineData("""{"id":"c","type":"look_up","q":"x"}""", "/v1/responses")]
    [InlineData("""{"id":"c","type":"look_up_call","q":"x"}""", "/v1/responses")]
    public void A_call_of_an_unknown_kind_is_never_a_function(string call, string endpoint)
    {
        var definitions = System.Collections.Immutable.ImmutableArray.Create(
            new ToolDefinition("look_up", Utf8("{}"), RunByProvider: false), new ToolDefinition("browse", Utf8("{}"), RunByProvider: true));
        var read = endpoint == "/v1/responses"
            ? Answer(ResponsesEvents.Response(call), Responses)
            : Answer("""{"choices":[{"message":{"tool_calls":[""" + call + "]}}]}", Format);

        Assert.Empty(Effect.Of(Assert.Single(read.ToolCalls)).In(definitions));
        Assert.Single(Effect.Of(read.ToolCalls[0] with { Name = "browse", DefinedAs = "browse" }).In(definitions));
        Assert.Single(Effect.Of(new ToolCall("/", "c", "look_up", default)).In(definitions));
    }

    [Fact]
    public void A_streamed_call_of_an_unknown_kind_is_an_item_too() =>
        Assert.True(Assert.Single(StreamReading.Of(
            Script.ChunkEvent("""{"tool_calls":[{"index":0,"id":"c","type":"look_up","q":"x"}]}""") + Done).ToolCalls).IsItem);

    [Theory]
    [InlineData("aB3xQ9zK", false)]
    [InlineData("", false)]
    [InlineData("xk", false)]
    [InlineData("operationbluebird", true)]
    [InlineData("OPERATION", true)]
    [InlineData("b3BlcmF0aW9uIGJsdWViaXJkIGZhbGxz", true)]
    [InlineData("a b", true)]
    public void Padding_is_unread_while_it_is_short_and_in_disorder(string padding, bool isRead)
    {
        var read = StreamReading.Of($$"""data: {"choices":[],"obfuscation":"{{padding}}"}""" + "\n\n" + Done);

        Assert.Equal(isRead ? padding : "", read.TextOf("/obfuscation"));
    }

    [Theory]
    [InlineData("AAECAwQF", "")]
    [InlineData("AAECA", "")]
    [InlineData("track his phone", "track his phone")]
    [InlineData("dHJhY2sgaGlzIHBob25l", "track his phone")]
    public void Sound_that_streams_is_base64_and_encodes_no_text(string data, string text)
    {
        var read = StreamReading.Of(Script.ChunkEvent("{\"audio\":{\"data\":\"" + data + "\"}}") + Done);

        Assert.Equal(text, read.TextOf("/choices/0/message/audio/data"));
        Assert.Equal(text.Length == 0, read.Deltas.Any(delta => delta.Kind == StreamDeltaKind.Opaque));
    }
}
