using System.Text;
using Holdpoint.Testing;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class OpenAiChatPlacementTests
{
    private const string Marker = "the marker phrase";

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"system","content":"§"}]}""", "/messages/0/content")]
    [InlineData("""{"model":"m","messages":[{"role":"developer","content":"§"}]}""", "/messages/0/content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"§"}]}""", "/messages/0/content")]
    [InlineData("""{"messages":[{"content":"§","role":"user"}],"model":"m"}""", "/messages/0/content")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"},{"text":"§","type":"text"}]}]}""",
        "/messages/0/content/1/text")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"§"}]}""", "/messages/1/content")]
    [InlineData(
        """{"model":"m","messages":[{"role":"assistant","content":[{"type":"refusal","refusal":"§"}]}]}""",
        "/messages/0/content/0/refusal")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","refusal":"§"}]}""", "/messages/0/refusal")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","reasoning_content":"§"}]}""", "/messages/0/reasoning_content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","name":"§","content":"a"}]}""", "/messages/0/name")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","tool_calls":["""
        + """{"id":"1","type":"function","function":{"name":"f","arguments":"§"}}]}]}""", "/messages/0/tool_calls/0/function/arguments")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","tool_calls":["""
        + """{"id":"1","type":"function","function":{"name":"§","arguments":""}}]}]}""", "/messages/0/tool_calls/0/function/name")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","tool_calls":["""
        + """{"id":"§","type":"function","function":{"name":"f","arguments":""}}]}]}""", "/messages/0/tool_calls/0/id")]
    [InlineData(
        """{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"custom","custom":{"name":"f","input":"§"}}]}]}""",
        "/messages/0/tool_calls/0/custom/input")]
    [InlineData(
        """{"model":"m","messages":[{"role":"assistant","function_call":{"name":"f","arguments":"§"}}]}""",
        "/messages/0/function_call/arguments")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","tool_call_id":"1","content":"§"}]}""", "/messages/0/content")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","tool_call_id":"§","content":"a"}]}""", "/messages/0/tool_call_id")]
    [InlineData(
        """{"model":"m","messages":[{"role":"tool","tool_call_id":"1","content":[{"type":"text","text":"§"}]}]}""",
        "/messages/0/content/0/text")]
    [InlineData("""{"model":"m","messages":[{"role":"function","name":"f","content":"§"}]}""", "/messages/0/content")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","content":"a","annotations":[{"type":"url_citation","url_citation":"""
        + """{"start_index":0,"end_index":1,"title":"§","url":"u"}}]}]}""", "/messages/0/annotations/0/url_citation/title")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"file","file":{"filename":"§","file_data":"QQ=="}}]}]}""",
        "/messages/0/content/0/file/filename")]
    [InlineData("""{"model":"m","messages":[],"prediction":{"type":"content","content":"§"}}""", "/prediction/content")]
    [InlineData(
        """{"model":"m","messages":[],"prediction":{"type":"content","content":[{"type":"text","text":"§"}]}}""",
        "/prediction/content/0/text")]
    [InlineData("""{"model":"m","messages":[],"stop":"§"}""", "/stop")]
    [InlineData("""{"model":"m","messages":[],"stop":["a","§"]}""", "/stop/1")]
    [InlineData("""{"model":"m","messages":[],"metadata":{"k":"§"}}""", "/metadata/k")]
    [InlineData("""{"model":"m","messages":[],"metadata":{"§":"v"}}""", "/metadata/the marker phrase")]
    [InlineData("""{"model":"m","messages":[],"user":"§"}""", "/user")]
    [InlineData("""{"model":"m","messages":[],"safety_identifier":"§"}""", "/safety_identifier")]
    [InlineData("""{"model":"m","messages":[],"prompt_cache_key":"§"}""", "/prompt_cache_key")]
    [InlineData(
        """{"model":"m","messages":[],"response_format":{"type":"json_schema","json_schema":{"name":"§"}}}""",
        "/response_format/json_schema/name")]
    [InlineData(
        """{"model":"m","messages":[],"response_format":{"type":"json_schema","json_schema":{"name":"n","description":"§"}}}""",
        "/response_format/json_schema/description")]
    [InlineData(
        """{"model":"m","messages":[],"web_search_options":{"user_location":{"type":"approximate","approximate":{"city":"§"}}}}""",
        "/web_search_options/user_location/approximate/city")]
    [InlineData("""{"model":"m","messages":[],"tool_choice":{"type":"function","function":{"name":"§"}}}""", "/tool_choice/function/name")]
    [InlineData("""{"model":"m","messages":[],"service_tier":"§"}""", "/service_tier")]
    [InlineData("""{"model":"m","messages":[],"reasoning_effort":"§"}""", "/reasoning_effort")]
    [InlineData("""{"model":"m","messages":[],"logit_bias":{"§":1}}""", "/logit_bias/the marker phrase")]
    [InlineData("""{"model":"m","messages":[],"audio":{"voice":"§","format":"wav"}}""", "/audio/voice")]
    public void Content_is_found_where_it_stands(string body, string path)
    {
        var call = Call(body.Replace("§", Marker, StringComparison.Ordinal));

        var part = Assert.Single(call.Parts, p => p.Bytes.Text() == Marker);
        Assert.Equal(path, part.Path);
        Assert.Equal(PartKind.Text, part.Kind);
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"enum":"""
        + """["\u0074he marker phrase"]}}}}""", "/response_format/json_schema/schema")]
    [InlineData(
        """{"model":"m","messages":[{"role":"assistant","content":"a","parsed":{"x":"the marker phr\u0061se"}}]}""", "/messages/0/parsed")]
    [InlineData("""{"model":"m","messages":[],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":["""
        + """{"type":"function","x":"the marker\u0020phrase"}]}}}""", "/tool_choice/allowed_tools/tools/0")]
    public void Json_without_a_shape_of_ours_is_one_text_in_which_no_escape_hides_anything(string body, string path)
    {
        var part = Assert.Single(Call(body).Parts, p => p.Path == path);

        Assert.Contains(Marker, part.Bytes.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"type":"image_url","image_url":{"url":"data:image/png;base64,AAEC","detail":"low"}}""", "/messages/0/content/0/image_url/url")]
    [InlineData("""{"type":"image_url","image_url":{"url":"data:image\/png;base64,AAEC"}}""", "/messages/0/content/0/image_url/url")]
    [InlineData("""{"type":"input_audio","input_audio":{"data":"AAEC","format":"wav"}}""", "/messages/0/content/0/input_audio/data")]
    [InlineData("""{"type":"file","file":{"file_data":"data:application/pdf;base64,AAEC"}}""", "/messages/0/content/0/file/file_data")]
    [InlineData("""{"type":"file","file":{"file_data":"AAEC"}}""", "/messages/0/content/0/file/file_data")]
    public void Images_audio_and_files_are_opaque_and_decoded(string contentPart, string path)
    {
        var part = Assert.Single(Call(ContentPart(contentPart)).Parts);

        Assert.Equal((path, PartKind.Opaque), (part.Path, part.Kind));
        Assert.Equal([0, 1, 2], part.Bytes.ToArray());
    }

    [Fact]
    public void A_media_type_that_nobody_registered_is_read_as_text()
    {
        var parts = Call(ContentPart("""{"type":"image_url","image_url":{"url":"data:image/meet-at-noon;base64,AAEC"}}""")).Parts;

        Assert.Equal(["image/meet-at-noon"], parts.Where(p => p.Kind == PartKind.Text).Select(p => p.Bytes.Text()));
    }

    [Fact]
    public void Parts_stand_in_body_order_and_empty_strings_are_none()
    {
        var call = Call("""{"user":"u","model":"m","messages":[{"content":"a","role":"system"},{"role":"user","content":""},"""
            + """{"role":"user","content":"b"}],"stop":"s"}""");

        Assert.Equal(["/user", "/messages/0/content", "/messages/2/content", "/stop"], call.Parts.Select(p => p.Path));
    }

    [Fact]
    public void Text_without_escapes_is_a_slice_of_the_body_and_other_text_is_decoded()
    {
        var body = Utf8(Message("\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"plain\"},{\"type\":\"text\","
            + "\"text\":\"a\\n\\u00e9\\ud83d\\ude00\\/\"}]"));
        using var buffer = new ContentBuffer();

        var parts = ((ReadOutcome.Readable)Format.Read(body, buffer)).Call.Parts;

        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(parts[0].Bytes, out var slice));
        Assert.Same(body, slice.Array);
        Assert.Equal("a\né😀/", parts[1].Bytes.Text());
    }

    [Fact]
    public void What_the_gateway_acts_on_is_read()
    {
        var call = Call(Request("\"stream\":true,\"n\":3,\"stream_options\":{\"include_usage\":true}"));

        Assert.Equal(("echo", true, 3, true), (call.Model, call.Stream, call.Choices, call.IncludeUsage));
    }

    [Fact]
    public void An_extra_field_of_the_operator_is_allowed_and_still_read()
    {
        var format = new Holdpoint.Wire.OpenAi.OpenAiChat(["x_tenant"]);

        Assert.Equal("/x_tenant", Fault(Request("\"x_tenant\":\"acme\"")).Path);
        Assert.Equal("acme", Call(Request("\"x_tenant\":\"acme\""), format).Parts[^1].Bytes.Text());
        Assert.Equal("/x_tenant/a", Fault(Request("\"x_tenant\":{\"a\":1,\"a\":2}"), format).Path);
    }

    [Fact]
    public void An_extra_field_cannot_replace_one_that_is_known() =>
        Assert.Equal(
            WireCause.InvalidField, Fault("""{"model":"m","messages":"text"}""", new Holdpoint.Wire.OpenAi.OpenAiChat(["messages"])).Cause);

    [Fact]
    public void Names_that_need_it_are_escaped_in_paths() =>
        Assert.Equal("/metadata/a~1b~0c", Call(Request("\"metadata\":{\"a/b~c\":\"v\"}")).Parts[^1].Path);

    [Fact]
    public void A_long_name_is_cut_in_paths()
    {
        var fault = Fault("{\"" + new string('x', 5000) + "\":1}");

        Assert.Equal(WireCause.UnknownField, fault.Cause);
        Assert.InRange(fault.Message.Length, 10, 200);
    }

    [Fact]
    public void Reading_a_plain_body_allocates_little()
    {
        var body = Utf8(Message($"\"role\":\"user\",\"content\":\"{new string('x', 1000)}\\n\""));
        var allocated = Allocations.Of(
            () =>
            {
                using var room = new ContentBuffer();
                Format.Read(body, room);
            },
            times: 100);

        Assert.InRange(allocated / 100, 0, 1000);
    }

    [Fact]
    public void A_buffer_keeps_what_it_decoded_until_it_is_disposed()
    {
        var body = Utf8(Message("\"role\":\"user\",\"content\":[" + string.Join(
            ',', Enumerable.Range(0, 500).Select(i => $"{{\"type\":\"text\",\"text\":\"\\u0041{i} {new string('y', i)}\"}}")) + "]"));
        using var buffer = new ContentBuffer();

        var parts = ((ReadOutcome.Readable)Format.Read(body, buffer)).Call.Parts;

        Assert.Equal(
            Enumerable.Range(0, 500).Select(i => $"A{i} {new string('y', i)}"), parts.Select(p => Encoding.UTF8.GetString(p.Bytes.Span)));
    }
}
