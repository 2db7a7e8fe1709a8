using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class OpenAiResponsesAnswerTests
{
    [Fact]
    public void What_is_said_is_parts_and_what_is_done_is_tool_calls()
    {
        var answer = Answer(
            """
            {"id":"resp_1","object":"response","created_at":1,"model":"m","status":"completed","output":[
              {"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"thought"}],"content":[{"type":"reasoning_text","text":"long thought"}],"encrypted_content":"gAAA"},
              {"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"hello","annotations":[{"type":"url_citation","title":"t","url":"u"}]},{"type":"refusal","refusal":"no"}]},
              {"id":"fc_1","type":"function_call","call_id":"c1","name":"f","namespace":"n","arguments":"{\"a\":1}"},
              {"id":"ct_1","type":"custom_tool_call","call_id":"c2","name":"g","input":"text"}]}
            """, Responses);

        Assert.Equal(
            [
                ("/output/0/summary/0/text", "thought"), ("/output/0/content/0/text", "long thought"),
                ("/output/0/encrypted_content", "gAAA"),
                ("/output/1/content/0/text", "hello"), ("/output/1/content/0/annotations", "url_citation\nt\nu\n"),
                ("/output/1/content/1/refusal", "no"),
            ],
            answer.Parts.Select(part => (part.Path, part.Bytes.Text())));
        Assert.Equal(
            [("/output/2", "c1", "n.f", "{\"a\":1}"), ("/output/3", "c2", "g", "text")],
            answer.ToolCalls.Select(call => (call.Path, call.Id, call.Name, call.Arguments.Text())));
    }

    [Theory]
    [InlineData("web_search_call", "web_search")]
    [InlineData("file_search_call", "file_search")]
    [InlineData("code_interpreter_call", "code_interpreter")]
    [InlineData("computer_call", "computer")]
    [InlineData("local_shell_call", "local_shell")]
    [InlineData("shell_call", "shell")]
    [InlineData("apply_patch_call", "apply_patch")]
    [InlineData("program", "programmatic_tool_calling")]
    [InlineData("of_tomorrow", "of_tomorrow")]
    public void Whatever_else_stands_in_the_output_is_something_done_with_all_of_it_as_arguments(string type, string name)
    {
        var item = $$"""{"id":"x_1","server_label":"wiki","what":"this","type":"{{type}}"}""";

        var answer = Answer($$"""{"output":[{{item}}]}""", Responses);

        var call = Assert.Single(answer.ToolCalls);
        Assert.Equal((name, item, true), (call.Name, call.Arguments.Text(), call.IsItem));
    }

    [Theory]
    [InlineData("mcp_call")]
    [InlineData("mcp_approval_request")]
    public void A_servers_tool_bears_both_names_and_was_offered_by_the_definition_of_the_server(string type)
    {
        var call = Assert.Single(Answer(
            $$"""{"output":[{"id":"m_1","type":"{{type}}","server_label":"wiki","name":"read","arguments":"{}"}]}""", Responses).ToolCalls);

        Assert.Equal(("mcp.wiki.read", "mcp.wiki", true), (call.Name, call.DefinedAs, call.IsItem));
    }

    [Fact]
    public void A_generated_image_is_opaque_and_what_was_asked_for_is_its_arguments()
    {
        var answer = Answer(
            """{"output":[{"type":"image_generation_call","id":"ig_1","result":"AAEC","revised_prompt":"a cat"}]}""", Responses);

        Assert.Equal((PartKind.Opaque, 3), (Assert.Single(answer.Parts).Kind, answer.Parts[0].Bytes.Length));
        Assert.Contains("a cat", Assert.Single(answer.ToolCalls).Arguments.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shell_call_output")]
    [InlineData("function_call_output")]
    [InlineData("tool_search_output")]
    [InlineData("mcp_list_tools")]
    public void Results_of_tools_are_text(string type) =>
        Assert.Contains(
            "result",
            Assert.Single(Answer($$"""{"output":[{"type":"{{type}}","output":[{"stdout":"result"}]}]}""", Responses).Parts).Bytes.Text(),
            StringComparison.Ordinal);

    [Fact]
    public void What_repeats_the_request_says_nothing_new_and_anything_else_in_its_place_does()
    {
        var call = Call("""{"model":"m","instructions":"be brief","metadata":{"k":"v"},"tools":["""
            + """{"type":"function","name":"f","description":"write it"}],"input":"secret"}""", Responses);

        Assert.Empty(Answer("""{"output":[],"instructions":"be brief","metadata":{"k":"v"},"tools":["""
            + """{"name":"f","description":"write it","type":"function"}]}""", Responses, call).Parts);
        Assert.Equal(
            [("/instructions", "be long\n"), ("/metadata", "other\nw\n"), ("/tools", "new\n")],
            Answer(
                """{"output":[],"instructions":"be long","metadata":{"other":"w"},"tools":[{"description":"new"}]}""",
                Responses, call).Parts.Select(part => (part.Path, part.Bytes.Text())));
        Assert.Equal("secret\n", Assert.Single(Answer("""{"output":[],"instructions":"secret"}""", Responses, call).Parts).Bytes.Text());
    }

    [Theory]
    [InlineData("""{"output":[{"role":"assistant"}]}""")]
    [InlineData("""{"output":[{"type":"function_call","arguments":"{}"}]}""")]
    [InlineData("""{"output":[{"type":"function_call","name":"f","name":"g"}]}""")]
    [InlineData("""{"output":[{"type":"function_call","name":"f","arguments":"{}","input":"x"}]}""")]
    [InlineData("""{"output":null}""")]
    [InlineData("""{"id":"resp_1"}""")]
    [InlineData("""[]""")]
    public void What_two_readers_could_read_differently_is_not_released(string body) =>
        Assert.Equal(
            (502, WireCause.UpstreamInvalid),
            Responses.ReadAnswer(Utf8(body)) is AnswerOutcome.Unreadable(var fault) ? (fault.Status, fault.Cause) : default);

    [Fact]
    public void A_completion_is_its_texts_and_an_embedding_is_opaque_or_numbers()
    {
        Assert.Equal(
            ["a", "b"],
            Answer("""{"choices":[{"index":0,"text":"a","finish_reason":"stop"},{"index":1,"text":"b"}]}""", Completions).Parts.Select(
                part => part.Bytes.Text()));
        Assert.Empty(
            Answer("""{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5,1]}]}""", Embeddings).Parts);
        Assert.Equal(PartKind.Opaque, Assert.Single(Answer("""{"data":[{"embedding":"AAAAPw=="}]}""", Embeddings).Parts).Kind);
        Assert.Equal("said\n", Assert.Single(Answer("""{"data":[{"embedding":[1,"said"]}]}""", Embeddings).Parts).Bytes.Text());
        Assert.NotNull(Embeddings.OpenStream().Read("data: x\n\n"u8, []));
    }
}
