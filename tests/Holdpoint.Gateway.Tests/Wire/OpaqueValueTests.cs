using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>Values that only the provider can read: requests and answers name the same ones, to be compared.</summary>
public sealed class OpaqueValueTests
{
    private static readonly AnthropicMessages Messages = new();

    [Theory]
    [InlineData("""{"type":"message","id":"msg_1","role":"assistant"}""")]
    [InlineData("""{"type":"message","id":"msg_1","role":"assistant","content":[]}""")]
    [InlineData("""{"type":"message","id":"msg_1","role":"assistant","content":null}""")]
    [InlineData("""{"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":""}]}""")]
    [InlineData("""{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":""}""")]
    [InlineData("""{"type":"function_call","id":"fc_1","call_id":"c"}""")]
    [InlineData("""{"type":"function_call","id":"fc_1","name":"","arguments":""}""")]
    [InlineData("""{"type":"function_call_output","id":"fo_1","call_id":"c"}""")]
    [InlineData("""{"type":"custom_tool_call","id":"ct_1"}""")]
    [InlineData("""{"type":"file_search_call","id":"fs_1","status":"completed"}""")]
    [InlineData("""{"type":"file_search_call","id":"fs_1","queries":[""],"results":[]}""")]
    [InlineData("""{"type":"code_interpreter_call","id":"ci_1","container_id":"cntr_1"}""")]
    [InlineData("""{"type":"image_generation_call","id":"ig_1","result":""}""")]
    [InlineData("""{"type":"computer_call","id":"cu_1"}""")]
    [InlineData("""{"type":"local_shell_call","id":"ls_1"}""")]
    [InlineData("""{"type":"shell_call_output","id":"so_1"}""")]
    [InlineData("""{"type":"apply_patch_call","id":"ap_1"}""")]
    [InlineData("""{"type":"mcp_call","id":"mcp_1","server_label":"l"}""")]
    [InlineData("""{"type":"mcp_list_tools","id":"mcpl_1","server_label":"l","tools":[]}""")]
    [InlineData("""{"type":"mcp_approval_request","id":"mcpr_1","server_label":"l"}""")]
    [InlineData("""{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}""")]
    [InlineData("""{"type":"tool_search_output","id":"ts_1"}""")]
    [InlineData("""{"type":"program","id":"p_1","call_id":"c"}""")]
    public void An_item_that_is_only_an_id_is_refused(string item)
    {
        var fault = Fault($$"""{"model":"m","input":[{{item}}]}""", Responses);

        Assert.Equal((400, WireCause.ContentNotInBody, "/input/0"), (fault.Status, fault.Cause, fault.Path));
    }

    [Theory]
    [InlineData("""{"type":"container_reference","container_id":"cntr_1"}""", false)]
    [InlineData("""{"container_id":"cntr_1"}""", false)]
    [InlineData("""{"type":"local"}""", true)]
    [InlineData("null", true)]
    public void A_shell_in_a_container_that_the_provider_keeps_is_refused(string environment, bool isRead)
    {
        var body = $$$"""{"model":"m","input":[{"type":"shell_call","call_id":"c","environment":{{{environment}}},"action":"""
            + """{"commands":["ls"]}}]}""";

        if (isRead)
        {
            Assert.Equal("ls", Call(body, Responses).Parts[^1].Bytes.Text());
        }
        else
        {
            Assert.Equal((WireCause.ContentNotInBody, "/input/0/environment"), (Fault(body, Responses).Cause, Fault(body, Responses).Path));
        }
    }

    [Theory]
    [InlineData("""{"type":"message","id":"msg_x","role":"assistant","content":[{"type":"output_text","text":"hello"}]}""")]
    [InlineData("""{"type":"message","id":"made_up","role":"user","content":"hello"}""")]
    [InlineData("""{"type":"function_call","id":"fc_1","call_id":"c","name":"f","arguments":""}""")]
    [InlineData("""{"type":"function_call_output","id":"fo_1","call_id":"c","output":""}""")]
    [InlineData("""{"type":"reasoning","summary":[]}""")]
    [InlineData("""{"type":"file_search_call","queries":[]}""")]
    public void History_that_shows_what_it_has_is_read_and_names_nothing_that_is_kept(string item) =>
        Assert.Empty(Call($$"""{"model":"m","input":[{{item}}]}""", Responses).OpaqueValues);

    [Fact]
    public void An_approval_is_read_behind_the_request_that_it_answers() =>
        Assert.Equal(
            ["/input/0/id=mcpr_1"],
            Values(Call(
                """{"model":"m","input":[{"type":"mcp_approval_request","id":"mcpr_1","server_label":"l","name":"n","arguments":"{}"},"""
                + """{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}]}""", Responses)));

    [Theory]
    [InlineData("""{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAA"}""", "id=rs_1 encrypted_content=gAAA")]
    [InlineData("""{"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"so"}]}""", "id=rs_1")]
    [InlineData("""{"type":"image_generation_call","id":"ig_1","result":"BgcI"}""", "id=ig_1")]
    [InlineData("""{"type":"web_search_call","id":"ws_1","status":"completed"}""", "id=ws_1")]
    [InlineData("""{"type":"file_search_call","id":"fs_1","queries":["q"]}""", "id=fs_1")]
    [InlineData("""{"type":"code_interpreter_call","id":"ci_1","code":"x","container_id":"cntr_1"}""", "id=ci_1 container_id=cntr_1")]
    [InlineData("""{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":""}]}""", "id=msg_1")]
    [InlineData("""{"type":"program","id":"p_1","call_id":"c","code":"x","fingerprint":"f9"}""", "fingerprint=f9")]
    public void What_the_provider_would_resolve_is_named_in_the_answer_and_in_the_request_alike(string item, string values)
    {
        var expected = values.Split(' ');

        Assert.Equal(expected.Select(value => "/input/0/" + value), Values(Call($$"""{"model":"m","input":[{{item}}]}""", Responses)));
        var answer = Answer(ResponsesEvents.Response(item), Responses);
        Assert.Subset(
            answer.OpaqueValues.Select(Show).ToHashSet(), expected.Select(value => "/output/0/" + value).ToHashSet());

        var stream = StreamReading.Of(
            ResponsesEvents.Start + ResponsesEvents.Event("response.output_item.added", $"\"output_index\":0,\"item\":{item}")
            + ResponsesEvents.Event("response.output_item.done", $"\"output_index\":0,\"item\":{item}") + ResponsesEvents.Completed(item),
            Responses);
        Assert.Equal(answer.OpaqueValues.Select(Show).Order(), Noted(stream).Order());
    }

    [Theory]
    [InlineData("""{"type":"thinking","thinking":"so","signature":"c2ln"}""", "signature=c2ln")]
    [InlineData("""{"type":"redacted_thinking","data":"AAEC"}""", "data=AAEC")]
    [InlineData("""{"type":"compaction","content":"c","encrypted_content":"gAAA","signature":"c2ln"}""",
        "encrypted_content=gAAA signature=c2ln")]
    [InlineData("""{"type":"web_search_tool_result","tool_use_id":"s","content":[{"type":"web_search_result","title":"T","url":"u","""
        + "\"encrypted_content\":\"gAAA\"}]}", "content/0/encrypted_content=gAAA")]
    [InlineData("""{"type":"text","text":"a","citations":[{"type":"web_search_result_location","cited_text":"c","title":"T","url":"u","""
        + "\"encrypted_index\":\"Eo8\"}]}", "citations/0/encrypted_index=Eo8")]
    public void So_is_what_a_block_seals(string block, string values)
    {
        var expected = values.Split(' ');
        var call = Call(
            $$"""{"model":"m","messages":[{"role":"assistant","content":[{{block}}]}]}""", Messages);

        Assert.Equal(expected.Select(value => "/messages/0/content/0/" + value), Values(call));
        Assert.Equal(expected.Length, call.Parts.Count(part => part.Kind == PartKind.Opaque));
        Assert.Equal(
            expected.Select(value => "/content/0/" + value).Order(),
            Answer(Anthropic.Messages.Answer(block), Messages).OpaqueValues.Select(Show).Order());
        var stream = StreamReading.Of(
            Event("message_start", "\"message\":" + Anthropic.Messages.Answer(""))
            + Event("content_block_start", $"\"index\":0,\"content_block\":{block}") + Event("content_block_stop", "\"index\":0")
            + Event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"}")
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
            Messages);
        Assert.Equal(expected.Select(value => "/content/0/" + value).Order(), Noted(stream).Order());
    }

    [Fact]
    public void A_signature_that_comes_in_pieces_is_one_value_at_the_end_of_its_block()
    {
        var stream = Anthropic.Messages.Stream(
            Event("message_start", "\"message\":" + Anthropic.Messages.Answer(""))
            + Event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
            + Event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"c2\"}")
            + Event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"ln\"}")
            + Event("content_block_stop", "\"index\":0"));

        Assert.Equal(["/content/0/signature=c2ln"], Noted(stream));
        Assert.Equal("c2ln", stream.TextOf("/content/0/signature"));
    }

    [Fact]
    public void Sealed_thoughts_of_servers_that_speak_chat_are_named()
    {
        const string Message = "\"role\":\"assistant\",\"content\":null,"
            + "\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"gAAA\",\"id\":\"r\",\"index\":0},"
            + "{\"type\":\"reasoning.text\",\"text\":\"so\",\"signature\":\"c2ln\"}],"
            + "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
            + "\"extra_content\":{\"google\":{\"thought_signature\":\"Eg==\"}}}]";
        string[] places =
        [
            "reasoning_details/0/data=gAAA", "reasoning_details/1/signature=c2ln",
            "tool_calls/0/extra_content/google/thought_signature=Eg==",
        ];

        Assert.Equal(places.Select(place => "/messages/0/" + place), Values(Call(Reading.Message(Message))));
        Assert.Equal(
            places.Select(place => "/choices/0/message/" + place),
            Answer($$$"""{"choices":[{"message":{{{{Message}}}}}]}""", Format).OpaqueValues.Select(Show));
        Assert.Equal(
            places.Select(place => "/choices/0/message/" + place),
            Noted(StreamReading.Of($$$"""data: {"choices":[{"delta":{{{{Message}}}}}]}""" + "\n\ndata: [DONE]\n\n")));
    }

    [Fact]
    public void A_sealed_value_counts_as_opaque_bytes_and_one_that_could_be_a_sentence_is_text()
    {
        string Reasoning(string value) =>
            $$"""{"model":"m","input":[{"type":"reasoning","summary":[],"encrypted_content":"{{value}}"}]}""";

        Assert.Equal(PartKind.Opaque, Assert.Single(Call(Reasoning("gAAAAA-_x=="), Responses).Parts).Kind);
        Assert.Equal(PartKind.Text, Assert.Single(Call(Reasoning("track his phone"), Responses).Parts).Kind);
        Assert.Single(Call(Reasoning("track his phone"), Responses).OpaqueValues);
    }

    private static IEnumerable<string> Values(Call call) => call.OpaqueValues.Select(Show);

    private static string Show(OpaqueValue value) => $"{value.Path}={value.Value.Text()}";

    private static IEnumerable<string> Noted(StreamReading stream)
    {
        Assert.True(stream.Fault is null or { Cause: WireCause.UpstreamTruncated }, stream.Fault?.Message);
        return stream.Deltas.Where(delta => delta.Kind == StreamDeltaKind.OpaqueValue).Select(delta => $"{delta.Key}={delta.Text.Text()}");
    }

    private static string Event(string type, string fields) => $"event: {type}\ndata: {{\"type\":\"{type}\",{fields}}}\n\n";
}
