using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Anthropic.Messages;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

public sealed class AnthropicPlacementTests
{
    private const string Marker = "the marker phrase";

    [Theory]
    [InlineData("\"system\":\"§\"", "/system")]
    [InlineData(
        "\"system\":[{\"type\":\"text\",\"text\":\"a\"},{\"cache_control\":{\"type\":\"ephemeral\"},\"text\":\"§\",\"type\":\"text\"}]",
        "/system/1/text")]
    [InlineData("\"stop_sequences\":[\"a\",\"§\"]", "/stop_sequences/1")]
    [InlineData("\"metadata\":{\"user_id\":\"§\"}", "/metadata/user_id")]
    [InlineData("\"tool_choice\":{\"type\":\"tool\",\"name\":\"§\"}", "/tool_choice/name")]
    [InlineData("\"compaction\":{\"type\":\"summarize\",\"instructions\":\"§\"}", "/compaction/instructions")]
    [InlineData(
        "\"context_management\":{\"edits\":[{\"type\":\"compact_20260112\",\"instructions\":\"§\"}]}",
        "/context_management/edits/0/instructions")]
    [InlineData(
        "\"context_management\":{\"edits\":[{\"type\":\"clear_tool_uses_20250919\",\"exclude_tools\":[\"§\"]}]}",
        "/context_management/edits/0/exclude_tools/0")]
    [InlineData("\"service_tier\":\"§\"", "/service_tier")]
    [InlineData("\"inference_geo\":\"§\"", "/inference_geo")]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"display\":\"§\"}", "/thinking/display")]
    [InlineData("\"diagnostics\":{\"previous_message_id\":\"§\"}", "/diagnostics/previous_message_id")]
    [InlineData("\"fallback_credit_token\":{\"token\":\"§\"}", "/fallback_credit_token/token")]
    public void Content_of_the_request_is_found_where_it_stands(string field, string path) =>
        AssertFound(Call(Request(field.Replace("§", Marker, StringComparison.Ordinal))), path);

    [Theory]
    [InlineData("""{"type":"text","text":"§"}""", "/text")]
    [InlineData("""{"text":"§","type":"text"}""", "/text")]
    [InlineData("""{"type":"text","text":"a","citations":[{"type":"char_location","cited_text":"§","document_index":0"""
        + ""","document_title":null,"start_char_index":0,"end_char_index":1}]}""", "/citations/0/cited_text")]
    [InlineData(
        """{"type":"text","text":"a","citations":["""
        + """{"type":"web_search_result_location","cited_text":"a","encrypted_index":"§","title":null,"url":"u"}]}""",
        "/citations/0/encrypted_index")]
    [InlineData("""{"type":"text","text":"a","cache_control":{"type":"ephemeral","ttl":"§"}}""", "/cache_control/ttl")]
    [InlineData("""{"type":"thinking","thinking":"§","signature":"c2ln"}""", "/thinking")]
    [InlineData("""{"type":"thinking","thinking":"a","signature":"§"}""", "/signature")]
    [InlineData("""{"type":"redacted_thinking","data":"§"}""", "/data")]
    [InlineData("""{"type":"tool_use","id":"§","name":"f","input":{}}""", "/id")]
    [InlineData("""{"type":"tool_use","id":"1","name":"§","input":{}}""", "/name")]
    [InlineData("""{"type":"tool_use","id":"1","name":"f","toolset_name":"§","input":{}}""", "/toolset_name")]
    [InlineData("""{"type":"tool_result","tool_use_id":"§","content":"a"}""", "/tool_use_id")]
    [InlineData("""{"type":"tool_result","tool_use_id":"1","content":"§","is_error":true}""", "/content")]
    [InlineData("""{"type":"tool_result","tool_use_id":"1","content":[{"type":"text","text":"§"}]}""", "/content/0/text")]
    [InlineData("""{"type":"tool_result","tool_use_id":"1","content":[{"type":"search_result","source":"s","title":"t","content":["""
        + """{"type":"text","text":"§"}]}]}""", "/content/0/content/0/text")]
    [InlineData("""{"type":"tool_result","tool_use_id":"1","content":["""
        + """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"§"}}]}""", "/content/0/source/data")]
    [InlineData(
        """{"type":"tool_result","tool_use_id":"1","content":[{"type":"tool_reference","tool_name":"§"}]}""", "/content/0/tool_name")]
    [InlineData("""{"type":"search_result","source":"§","title":"t","content":[]}""", "/source")]
    [InlineData("""{"type":"search_result","source":"s","title":"§","content":[],"citations":{"enabled":true}}""", "/title")]
    [InlineData("""{"type":"document","title":"§","source":{"type":"base64","media_type":"application/pdf","data":"AAEC"}}""", "/title")]
    [InlineData(
        """{"type":"document","context":"§","source":{"type":"base64","media_type":"application/pdf","data":"AAEC"}}""", "/context")]
    [InlineData("""{"type":"document","source":{"data":"§","media_type":"text/plain","type":"text"}}""", "/source/data")]
    [InlineData("""{"type":"document","source":{"type":"content","content":"§"}}""", "/source/content")]
    [InlineData("""{"type":"document","source":{"type":"content","content":[{"type":"text","text":"§"}]}}""", "/source/content/0/text")]
    [InlineData("""{"type":"image","source":{"type":"base64","media_type":"§","data":"AAEC"}}""", "/source/media_type")]
    [InlineData("""{"type":"server_tool_use","id":"1","name":"§","input":{}}""", "/name")]
    [InlineData("""{"type":"web_search_tool_result","tool_use_id":"1","content":["""
        + """{"type":"web_search_result","title":"§","url":"u","encrypted_content":"e"}]}""", "/content/0/title")]
    [InlineData("""{"type":"web_search_tool_result","tool_use_id":"1","content":["""
        + """{"type":"web_search_result","title":"t","url":"u","encrypted_content":"§"}]}""", "/content/0/encrypted_content")]
    [InlineData(
        """{"type":"web_fetch_tool_result","tool_use_id":"1","content":{"type":"web_fetch_result","url":"u","content":"""
        + """{"type":"document","title":null,"citations":null,"source":{"type":"text","media_type":"text/plain","data":"§"}}}}""",
        "/content/content/source/data")]
    [InlineData("""{"type":"code_execution_tool_result","tool_use_id":"1","content":{"type":"code_execution_result","content":"""
        + """[],"return_code":0,"stderr":"","stdout":"§"}}""", "/content/stdout")]
    [InlineData("""{"type":"bash_code_execution_tool_result","tool_use_id":"1","content":{"type":"bash_code_execution_result","content":"""
        + """[],"return_code":0,"stderr":"§","stdout":""}}""", "/content/stderr")]
    [InlineData("""{"type":"text_editor_code_execution_tool_result","tool_use_id":"1","content":"""
        + """{"type":"text_editor_code_execution_view_result","file_type":"text","content":"§"}}""", "/content/content")]
    [InlineData("""{"type":"advisor_tool_result","tool_use_id":"1","content":{"type":"advisor_result","text":"§"}}""", "/content/text")]
    [InlineData("""{"type":"mcp_tool_use","id":"1","name":"f","server_name":"§","input":{}}""", "/server_name")]
    [InlineData(
        """{"type":"mcp_tool_result","tool_use_id":"1","content":[{"type":"text","text":"§"}],"is_error":false}""", "/content/0/text")]
    [InlineData("""{"type":"mcp_tool_result","tool_use_id":"1","content":"§"}""", "/content")]
    [InlineData("""{"type":"compaction","content":"§"}""", "/content")]
    [InlineData("""{"type":"tool_removal","tool":{"type":"tool_reference","name":"§"}}""", "/tool/name")]
    public void Content_of_a_block_is_found_where_it_stands(string block, string path)
    {
        foreach (var role in (string[])["user", "assistant", "system"])
        {
            AssertFound(
                Call(Block(block.Replace("§", Marker, StringComparison.Ordinal)).Replace(
                    "\"user\"", $"\"{role}\"", StringComparison.Ordinal)),
                "/messages/0/content/0" + path);
        }
    }

    [Theory]
    [InlineData("""{"type":"tool_use","id":"1","name":"f","input":{"a":["\u0074he marker phrase"]}}""", "/input")]
    [InlineData("""{"type":"server_tool_use","id":"1","name":"web_search","input":{"query":"the marker phr\u0061se"}}""", "/input")]
    [InlineData("""{"type":"mcp_tool_use","id":"1","name":"f","server_name":"s","input":{"the marker\u0020phrase":1}}""", "/input")]
    [InlineData(
        """{"type":"mcp_tool_listing","mcp_server_name":"s","tools":[{"name":"f","description":"the marker phrase","input_schema":{}}]}""",
        "/tools/0")]
    [InlineData("""{"type":"tool_result","tool_use_id":"1","content":[{"type":"browser_state","tabs":["""
        + """{"tab_id":"1","title":"the marker phrase","url":"u"}]}]}""", "/content/0/tabs")]
    public void Json_without_a_shape_of_ours_is_one_text_in_which_no_escape_hides_anything(string block, string path)
    {
        var part = Assert.Single(Call(Block(block)).Parts, p => p.Path == "/messages/0/content/0" + path);

        Assert.Contains(Marker, part.Bytes.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAEC"}}""", "/source/data")]
    [InlineData("""{"type":"image","source":{"data":"AAEC","media_type":"image\/png","type":"base64"}}""", "/source/data")]
    [InlineData("""{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAEC"}}""", "/source/data")]
    [InlineData("""{"type":"document","source":{"type":"content","content":["""
        + """{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"AAEC"}}]}}""", "/source/content/0/source/data")]
    [InlineData("""{"type":"tool_result","tool_use_id":"","content":["""
        + """{"type":"image","source":{"type":"base64","media_type":"image/webp","data":"AAEC"}}]}""", "/content/0/source/data")]
    public void Images_and_documents_are_opaque_and_decoded(string block, string path)
    {
        var part = Assert.Single(Call(Block(block)).Parts);

        Assert.Equal(("/messages/0/content/0" + path, PartKind.Opaque), (part.Path, part.Kind));
        Assert.Equal([0, 1, 2], part.Bytes.ToArray());
    }

    [Fact]
    public void A_later_and_an_earlier_turn_are_both_read()
    {
        var call = Call("""{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},"""
            + """{"content":[{"type":"text","text":"c"}],"role":"user"}],"system":"d"}""");

        Assert.Equal(
            ["/messages/0/content", "/messages/1/content", "/messages/2/content/0/text", "/system"], call.Parts.Select(p => p.Path));
    }

    [Fact]
    public void What_the_gateway_acts_on_is_read()
    {
        var call = Call(Request("\"stream\":true"));

        Assert.Equal(("echo", true), (call.Model, call.Stream));
    }

    [Fact]
    public void An_extra_field_of_the_operator_is_allowed_still_read_and_no_known_field_is_replaced()
    {
        var format = new Holdpoint.Wire.Anthropic.AnthropicMessages(["x_tenant", "system"]);

        Assert.Equal("/x_tenant", Fault(Request("\"x_tenant\":\"acme\"")).Path);
        Assert.Equal("acme", Call(Request("\"x_tenant\":\"acme\""), format).Parts[^1].Bytes.Text());
        Assert.Equal("invalid_field", Fault(Request("\"system\":7"), format).Cause);
    }

    private static void AssertFound(Call call, string path)
    {
        var part = Assert.Single(call.Parts, p => p.Bytes.Text() == Marker);
        Assert.Equal((path, PartKind.Text), (part.Path, part.Kind));
    }
}
