using Holdpoint.Wire;
using Holdpoint.Wire.OpenAi;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class OpenAiChatAnswerTests
{
    private const string Marker = "the marker phrase";

    [Theory]
    [InlineData(
        """{"choices":[{"index":0,"message":{"role":"assistant","content":"§"},"finish_reason":"stop"}]}""", "/choices/0/message/content")]
    [InlineData("""{"choices":[{"index":0,"message":{}},{"index":1,"message":{"content":"§"}}]}""", "/choices/1/message/content")]
    [InlineData("""{"choices":[{"message":{"content":null,"refusal":"§"}}]}""", "/choices/0/message/refusal")]
    [InlineData("""{"choices":[{"message":{"reasoning_content":"§"}}]}""", "/choices/0/message/reasoning_content")]
    [InlineData("""{"choices":[{"message":{"a_field_of_tomorrow":"§"}}]}""", "/choices/0/message/a_field_of_tomorrow")]
    [InlineData("""{"choices":[{"message":{"audio":{"id":"a","data":"QQ==","transcript":"§"}}}]}""", "/choices/0/message/audio/transcript")]
    [InlineData("""{"choices":[{"message":{},"finish_reason":"§"}]}""", "/choices/0/finish_reason")]
    [InlineData("""{"choices":[],"warning":"§"}""", "/warning")]
    [InlineData("""{"choices":[{"message":{"role":"§"}}]}""", "/choices/0/message/role")]
    public void Text_is_found_where_it_stands(string answer, string path)
    {
        var part = Assert.Single(Answer(answer.Replace("§", Marker, StringComparison.Ordinal)).Parts, p => p.Bytes.Text() == Marker);

        Assert.Equal(path, part.Path);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text","text":"§"}]}}]}""", "/choices/0/message/content")]
    [InlineData(
        """{"choices":[{"message":{"annotations":[{"type":"url_citation","url_citation":{"title":"§","url":"u"}}]}}]}""",
        "/choices/0/message/annotations")]
    [InlineData("""{"choices":[{"message":{"reasoning_details":[{"text":"§"}]}}]}""", "/choices/0/message/reasoning_details")]
    [InlineData("""{"choices":[{"message":{"extra":{"§":1}}}]}""", "/choices/0/message/extra")]
    [InlineData(
        """{"choices":[{"message":{},"logprobs":{"content":[{"token":"§","logprob":-1,"bytes":null,"top_logprobs":[]}]}}]}""",
        "/choices/0/logprobs")]
    [InlineData("""{"choices":[],"usage":{"total_tokens":1,"note":"§"}}""", "/usage")]
    [InlineData("""{"choices":[],"moderation":{"input":{"type":"error","message":"§"}}}""", "/moderation")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"1","type":"function","function":"""
        + """{"name":"f","arguments":""},"extra_content":{"a":["§"]}}]}}]}""", "/choices/0/message/tool_calls/0/extra_content")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"1","type":"function","function":"""
        + """{"name":"f","arguments":"","why":{"a":"§"}}}]}}]}""", "/choices/0/message/tool_calls/0/function/why")]
    public void Every_string_of_what_is_not_known_is_a_line_of_one_part(string answer, string path)
    {
        var part = Assert.Single(Answer(answer.Replace("§", "the marker phr\\u0061se", StringComparison.Ordinal)).Parts);

        Assert.Equal(path, part.Path);
        Assert.Contains(Marker, part.Bytes.Text().Split('\n'));
    }

    [Fact]
    public void What_only_the_provider_writes_is_no_content() =>
        Assert.Empty(Answer("""
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-x","system_fingerprint":"fp","service_tier":"default",
             "choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,"prompt_tokens_details":{"cached_tokens":0}}}
            """).Parts);

    [Fact]
    public void Tool_calls_are_read_with_their_whole_arguments()
    {
        var answer = Answer("""
            {"choices":[{"message":{"content":null,
              "tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"a\":\"\u00e9\"}"}},
                            {"custom":{"input":"run","name":"c"},"id":"2","type":"custom"},
                            {"id":"3","type":"function","function":{"name":"g","arguments":{"a":1}}},
                            {"id":"4","type":"browse","url":"x"}],
              "function_call":{"name":"old","arguments":"{}"}}}]}
            """);

        Assert.Equal(
            [
                ("/choices/0/message/tool_calls/0", "1", "f", "{\"a\":\"é\"}"),
                ("/choices/0/message/tool_calls/1", "2", "c", "run"),
                ("/choices/0/message/tool_calls/2", "3", "g", "{\"a\":1}"),
                ("/choices/0/message/tool_calls/3", "4", "browse", """{"id":"4","type":"browse","url":"x"}"""),
                ("/choices/0/message/function_call", null, "old", "{}"),
            ],
            answer.ToolCalls.Select(c => (c.Path, c.Id, c.Name, c.Arguments.Text())));
    }

    [Fact]
    public void Spoken_answers_are_opaque()
    {
        var part = Assert.Single(Answer("""{"choices":[{"message":{"audio":{"id":"a","data":"AAEC"}}}]}""").Parts);

        Assert.Equal((PartKind.Opaque, "/choices/0/message/audio/data"), (part.Kind, part.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"error":{"message":"x"}}""")]
    [InlineData("""{"choices":null}""")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"choices":[7]}""")]
    [InlineData("""{"choices":[]}{"choices":[]}""")]
    [InlineData("""{"choices":[],"choices":[]}""")]
    [InlineData("""{"choices":[],"x":1,"x":2}""")]
    [InlineData("""{"choices":[{"message":{"content":"a","content":"b"}}]}""")]
    [InlineData("""{"choices":[{"message":{"content":"\ud800"}}]}""")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"1","type":"function","function":{"arguments":"x"}}]}}]}""")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"1"}]}}]}""")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"x"},"custom":"""
        + """{"name":"g","input":"y"}}]}}]}""")]
    [InlineData(
        """{"choices":[{"message":{"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"x","input":"y"}}]}}]}""")]
    [InlineData("""{"choices":[{"message":{"function_call":{"arguments":"x"}}}]}""")]
    public void An_answer_that_two_readers_could_read_differently_is_not_released(string answer)
    {
        var fault = Assert.IsType<AnswerOutcome.Unreadable>(Format.ReadAnswer(Utf8(answer))).Fault;

        Assert.Equal((502, "upstream_invalid"), (fault.Status, fault.Cause));
    }

    [Fact]
    public void An_answer_larger_than_allowed_is_not_read()
    {
        var format = new OpenAiChat(limits: new WireLimits { MaxAnswerBytes = 20 });

        var fault = Assert.IsType<AnswerOutcome.Unreadable>(format.ReadAnswer(new byte[21])).Fault;

        Assert.Equal((502, "upstream_too_large"), (fault.Status, fault.Cause));
    }

    private static AnswerOutcome.Readable Answer(string answer) =>
        Format.ReadAnswer(Utf8(answer)) switch
        {
            AnswerOutcome.Readable readable => readable,
            AnswerOutcome.Unreadable(var fault) => throw new Xunit.Sdk.XunitException(fault.Message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
