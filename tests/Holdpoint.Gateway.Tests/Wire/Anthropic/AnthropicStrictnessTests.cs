using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Anthropic.Messages;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

public sealed class AnthropicStrictnessTests
{
    [Theory]
    [InlineData("""{"type":"image","source":{"type":"url","url":"https://example.org/a.png"}}""", "/source")]
    [InlineData("""{"type":"image","source":{"type":"url","url":"data:image/png;base64,AAEC"}}""", "/source")]
    [InlineData("""{"type":"image","source":{"type":"file","file_id":"file_1"}}""", "/source")]
    [InlineData("""{"type":"document","source":{"type":"url","url":"https://example.org/a.pdf"}}""", "/source")]
    [InlineData("""{"type":"document","source":{"file_id":"file_1","type":"file"}}""", "/source")]
    [InlineData("""{"type":"container_upload","file_id":"file_1"}""", "/file_id")]
    [InlineData(
        """{"type":"tool_result","tool_use_id":"1","content":[{"type":"image","source":{"type":"url","url":"https://example.org"}}]}""",
        "/content/0/source")]
    [InlineData("""{"type":"code_execution_tool_result","tool_use_id":"1","content":{"type":"code_execution_result","content":["""
        + """{"type":"code_execution_output","file_id":"f"}],"return_code":0,"stderr":"","stdout":""}}""", "/content/content/0/file_id")]
    [InlineData("""{"type":"text","text":"a","citations":[{"type":"char_location","cited_text":"a","document_index":0"""
        + ""","document_title":null,"file_id":"f","start_char_index":0,"end_char_index":1}]}""", "/citations/0/file_id")]
    public void Content_that_is_not_in_the_body_is_refused(string block, string path)
    {
        var fault = Fault(Block(block));

        Assert.Equal((400, WireCause.ContentNotInBody, "/messages/0/content/0" + path), (fault.Status, fault.Cause, fault.Path));
    }

    [Theory]
    [InlineData("\"container\":\"container_1\"", "content_not_in_body", "/container")]
    [InlineData("\"container\":{\"skills\":[{\"type\":\"anthropic\",\"skill_id\":\"pptx\"}]}", "content_not_in_body", "/container")]
    [InlineData("\"thread\":{\"type\":\"create\"}", "stored_state", "/thread")]
    [InlineData("\"thread\":{\"type\":\"continue\",\"previous_message_id\":\"msg_1\"}", "stored_state", "/thread")]
    [InlineData("\"fallbacks\":\"default\"", "unsupported_content", "/fallbacks")]
    [InlineData("\"fallbacks\":[{\"model\":\"claude-haiku-5-5\"}]", "unsupported_content", "/fallbacks")]
    [InlineData("\"unknown\":1", "unknown_field", "/unknown")]
    [InlineData("\"system\":[{\"type\":\"image\"}]", "unsupported_content", "/system/0")]
    [InlineData("\"system\":{}", "invalid_field", "/system")]
    [InlineData("\"metadata\":{\"user_id\":\"a\",\"x\":1}", "unknown_field", "/metadata/x")]
    [InlineData("\"stream\":1", "invalid_field", "/stream")]
    [InlineData("\"model\":\"other\"", "duplicate_field", "/model")]
    public void A_request_with_such_a_field_is_refused(string field, string cause, string path)
    {
        var fault = Fault(Request(field));

        Assert.Equal((400, cause, path), (fault.Status, fault.Cause, fault.Path));
    }

    [Theory]
    [InlineData("""{"type":"hologram"}""", "unsupported_content", "")]
    [InlineData("""{"text":"a"}""", "missing_field", "")]
    [InlineData("""{"type":"text","text":"a","image":1}""", "unknown_field", "/image")]
    [InlineData("""{"type":"text","text":["a"]}""", "invalid_field", "/text")]
    [InlineData("""{"type":"text","text":"a","type":"image"}""", "duplicate_field", "/type")]
    [InlineData("""{"type":"text","text":"a","te\u0078t":"b"}""", "duplicate_field", "/te\\u0078t")]
    [InlineData("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"A E="}}""", "invalid_field", "/source/data")]
    [InlineData("""{"type":"image","source":{"type":"base64","media_type":"image/png"}}""", "missing_field", "/source")]
    [InlineData("""{"type":"image","source":{"type":"text","data":"a"}}""", "unsupported_content", "/source")]
    [InlineData("""{"type":"image"}""", "missing_field", "")]
    [InlineData("""{"type":"image","source":null}""", "invalid_field", "/source")]
    [InlineData(
        """{"type":"tool_result","tool_use_id":"1","content":[{"type":"thinking","thinking":"a"}]}""", "unsupported_content", "/content/0")]
    [InlineData(
        """{"type":"document","source":{"type":"content","content":[{"type":"document"}]}}""", "unsupported_content", "/source/content/0")]
    [InlineData("""7""", "invalid_field", "")]
    public void A_block_that_is_not_known_is_refused(string block, string cause, string path)
    {
        var fault = Fault(Block(block));

        Assert.Equal(
            (400, cause, "/messages/0/content/0" + path.Replace("\\u0078", "x", StringComparison.Ordinal)),
            (fault.Status, fault.Cause, fault.Path));
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "missing_field")]
    [InlineData("""{"model":"m"}""", "missing_field")]
    [InlineData("""{"model":"m","messages":null}""", "invalid_field")]
    [InlineData("""{"model":"m","messages":[{"content":"a"}]}""", "missing_field")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","content":"a"}]}""", "invalid_field")]
    [InlineData("""{"model":"two words","messages":[]}""", "invalid_field")]
    [InlineData("""{"model":"m","messages":[]} {}""", "invalid_json")]
    [InlineData("""[]""", "invalid_field")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"\ud800"}]}""", "invalid_utf8")]
    public void A_body_of_another_shape_is_refused(string body, string cause) => Assert.Equal(cause, Fault(body).Cause);

    [Fact]
    public void Count_tokens_reads_the_same_requests()
    {
        var format = new Holdpoint.Wire.Anthropic.AnthropicCountTokens();

        Assert.Equal("hi", Assert.Single(Call("""{"model":"m","messages":[{"role":"user","content":"hi"}]}""", format).Parts).Bytes.Text());
        Assert.Equal("/thread", Fault(Request("\"thread\":{\"type\":\"create\"}"), format).Path);
        Assert.Equal("/v1/messages/count_tokens", format.Endpoint);
    }
}
