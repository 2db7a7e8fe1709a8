using Holdpoint.Wire;
using Holdpoint.Wire.OpenAi;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class OpenAiChatStrictnessTests
{
    [Theory]
    [InlineData("", "invalid_json", "")]
    [InlineData("nonsense", "invalid_json", "")]
    [InlineData("{", "invalid_json", "")]
    [InlineData("[]", "invalid_field", "")]
    [InlineData("null", "invalid_field", "")]
    [InlineData("\"x\"", "invalid_field", "")]
    [InlineData("""{"model":"m","messages":[]} x""", "invalid_json", "")]
    [InlineData("""{"model":"m","messages":[]}{}""", "invalid_json", "")]
    [InlineData("""{"model":"m","messages":[],}""", "invalid_json", "")]
    [InlineData("""{"model":"m",/* c */"messages":[]}""", "invalid_json", "")]
    [InlineData("""{"model":"m","messages":[],"temperature":01}""", "invalid_json", "")]
    [InlineData("""{"model":"m","messages":[],"temperature":NaN}""", "invalid_json", "")]
    [InlineData("""{"messages":[]}""", "missing_field", "")]
    [InlineData("""{"model":"m"}""", "missing_field", "")]
    [InlineData("""{"model":null,"messages":[]}""", "invalid_field", "/model")]
    [InlineData("""{"model":"two words","messages":[]}""", "invalid_field", "/model")]
    [InlineData("""{"model":"m\nx: y","messages":[]}""", "invalid_field", "/model")]
    [InlineData("""{"model":"m","messages":null}""", "invalid_field", "/messages")]
    [InlineData("""{"model":"m","messages":{}}""", "invalid_field", "/messages")]
    [InlineData("""{"model":"m","messages":[null]}""", "invalid_field", "/messages/0")]
    [InlineData("""{"model":"m","messages":["x"]}""", "invalid_field", "/messages/0")]
    [InlineData("""{"model":"m","messages":[{"content":"x"}]}""", "missing_field", "/messages/0")]
    [InlineData("""{"model":"m","messages":[{"role":"root","content":"x"}]}""", "invalid_field", "/messages/0/role")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":7}]}""", "invalid_field", "/messages/0/content")]
    [InlineData("""{"model":"m","model":"n","messages":[]}""", "duplicate_field", "/model")]
    [InlineData("""{"model":"m","mod\u0065l":"n","messages":[]}""", "duplicate_field", "/model")]
    [InlineData("""{"model":"m","messages":[],"metadata":{"a":"1","a":"2"}}""", "duplicate_field", "/metadata/a")]
    [InlineData("""{"model":"m","messages":[],"metadata":{"a":"1","\u0061":"2"}}""", "duplicate_field", "/metadata/a")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a","content":"b"}]}""", "duplicate_field", "/messages/0/content")]
    [InlineData(
        """{"model":"m","messages":[],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"a":{"b":1,"b":2}}}}}""",
        "duplicate_field", "/response_format/json_schema/schema/a/b")]
    [InlineData(
        """{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"f","parameters":{"x":1,"x":2}}}]}""",
        "duplicate_field", "/tools/0/function/parameters/x")]
    [InlineData("""{"model":"m","messages":[],"Stream":true}""", "unknown_field", "/Stream")]
    [InlineData("""{"model":"m","messages":[],"system":"x"}""", "unknown_field", "/system")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a","x":1}]}""", "unknown_field", "/messages/0/x")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a","x":1}]}]}""",
        "unknown_field", "/messages/0/content/0/x")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,"""
        + """AA==","x":1}}]}]}""", "unknown_field", "/messages/0/content/0/image_url/x")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":"""
        + """{"name":"f","arguments":"","x":1}}]}]}""", "unknown_field", "/messages/0/tool_calls/0/function/x")]
    [InlineData("""{"model":"m","messages":[],"stream_options":{"x":1}}""", "unknown_field", "/stream_options/x")]
    [InlineData("""{"model":"m","messages":[],"response_format":{"type":"text","x":1}}""", "unknown_field", "/response_format/x")]
    [InlineData(
        """{"model":"m","messages":[],"tools":[{"type":"function","x":1,"function":{"name":"f"}}]}""", "unknown_field", "/tools/0/x")]
    [InlineData(
        """{"model":"m","messages":[],"tools":[{"x":1,"function":{"name":"f"},"type":"function"}]}""", "unknown_field", "/tools/0/x")]
    [InlineData(
        """{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"f","x":1}}]}""",
        "unknown_field", "/tools/0/function/x")]
    [InlineData("""{"model":"m","messages":[],"tools":[{"function":{"name":"f"}}]}""", "missing_field", "/tools/0")]
    [InlineData("""{"model":"m","messages":[],"tools":[{"type":"function"}]}""", "missing_field", "/tools/0")]
    [InlineData("""{"model":"m","messages":[],"tools":[{"type":"custom","function":{"name":"f"}}]}""", "missing_field", "/tools/0")]
    [InlineData(
        """{"model":"m","messages":[],"tools":[{"type":"function","function":{"description":"d"}}]}""",
        "missing_field", "/tools/0/function")]
    [InlineData(
        """{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"f"}},{"type":"custom","custom":{"name":"f"}}]}""",
        "duplicate_tool", "/tools/1")]
    [InlineData(
        """{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"f"}}],"functions":[{"name":"f"}]}""",
        "duplicate_tool", "/functions/0")]
    [InlineData("""{"model":"m","messages":[],"a\nb\u007f":1}""", "unknown_field", "/a\\u000ab\\u007f")]
    [InlineData("""{"model":"m","messages":[],"stream":"true"}""", "invalid_field", "/stream")]
    [InlineData("""{"model":"m","messages":[],"stream":1}""", "invalid_field", "/stream")]
    [InlineData("""{"model":"m","messages":[],"n":0}""", "invalid_field", "/n")]
    [InlineData("""{"model":"m","messages":[],"n":1.5}""", "invalid_field", "/n")]
    [InlineData("""{"model":"m","messages":[],"n":129}""", "invalid_field", "/n")]
    [InlineData("""{"model":"m","messages":[],"temperature":{"a":1}}""", "invalid_field", "/temperature")]
    [InlineData("""{"model":"m","messages":[],"stop":{"a":1}}""", "invalid_field", "/stop")]
    [InlineData("""{"model":"m","messages":[],"user":["a"]}""", "invalid_field", "/user")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"video_url","video_url":{"url":"x"}}]}]}""",
        "unsupported_content", "/messages/0/content/0/type")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"text":"a"}]}]}""", "missing_field", "/messages/0/content/0")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}]}""",
        "content_not_in_body", "/messages/0/content/0/image_url/url")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"AAEC"}}]}]}""",
        "content_not_in_body", "/messages/0/content/0/image_url/url")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"DATA:image/png;base64,AA=="}}]}]}""",
        "content_not_in_body", "/messages/0/content/0/image_url/url")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}]}""",
        "content_not_in_body", "/messages/0/content/0/file/file_id")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"file","file":{"file_data":"http://example.org/a"}}]}]}""",
        "content_not_in_body", "/messages/0/content/0/file/file_data")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","audio":{"id":"audio_1"}}]}""", "content_not_in_body", "/messages/0/audio")]
    [InlineData("""{"model":"m","messages":[],"audio":{"format":"wav","voice":{"id":"voice_1"}}}""", "content_not_in_body", "/audio/voice")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/svg+xml,%3Csvg"}}]}]}""",
        "unsupported_content", "/messages/0/content/0/image_url/url")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;name=a """
        + """b;base64,AA=="}}]}]}""", "unsupported_content", "/messages/0/content/0/image_url/url")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,A"}}]}]}""",
        "invalid_field", "/messages/0/content/0/image_url/url")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AA ==","format":"wav"}}]}]}""",
        "invalid_field", "/messages/0/content/0/input_audio/data")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"\ud800"}]}""", "invalid_utf8", "/messages/0/content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"\udc00\ud800"}]}""", "invalid_utf8", "/messages/0/content")]
    [InlineData(
        """{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"f","description":"\ud83d"}}]}""",
        "invalid_utf8", "/tools/0/function/description")]
    [InlineData("""{"model":"m","messages":[],"\ud83d":1}""", "invalid_utf8", "/\\ud83d")]
    [InlineData(
        """{"model":"m","messages":[{"role":"assistant","tool_calls":[{"type":"code_interpreter"}]}]}""",
        "unsupported_content", "/messages/0/tool_calls/0/type")]
    public void What_is_not_understood_is_refused_and_the_place_is_named(string body, string cause, string path)
    {
        var fault = Fault(body);

        Assert.Equal((400, cause, path), (fault.Status, fault.Cause, fault.Path));
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_does_not_show_content()
    {
        var fault = Fault("""{"model":"m","messages":[{"role":"secret role","content":"x"}]}""");

        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void Invalid_utf8_is_refused_wherever_it_stands(byte[] bytes)
    {
        byte[] content = [.. Utf8("""{"model":"m","messages":[{"role":"user","content":"a"""), .. bytes, .. Utf8("\"}]}")];
        byte[] description = [
            .. Utf8("""{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"f","description":"a"""),
            .. bytes, .. Utf8("\"}}]}")];

        Assert.Equal(WireCause.InvalidUtf8, Fault(content).Cause);
        Assert.Equal(WireCause.InvalidUtf8, Fault(description).Cause);
    }

    [Fact]
    public void A_byte_order_mark_is_refused() =>
        Assert.Equal(WireCause.InvalidJson, Fault([0xEF, 0xBB, 0xBF, .. Utf8(Request())]).Cause);

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "too_deep")]
    [InlineData(100_000, "too_deep")]
    public void Nesting_ends_at_the_limit(int depth, string? cause)
    {
        // The schema stands at depth 4: body, response_format, json_schema, schema.
        var nested = string.Concat(Enumerable.Repeat("[", depth - 3)) + string.Concat(Enumerable.Repeat("]", depth - 3));
        var outcome = Format.Read(
            Utf8(Request("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":" + nested + "}}")));

        Assert.Equal(cause, (outcome as ReadOutcome.Unreadable)?.Fault.Cause);
    }

    [Fact]
    public void Parts_tools_and_bytes_end_at_their_limits()
    {
        var format = new OpenAiChat(limits: new WireLimits { MaxParts = 3, MaxTools = 2, MaxBodyBytes = 300 });
        string Turns(int n) =>
            "{\"model\":\"m\",\"messages\":[" + string.Join(',', Enumerable.Repeat("""{"role":"user","content":"a"}""", n)) + "]}";
        string Tools(int n) => Request("\"tools\":[" + string.Join(
            ',', Enumerable.Range(0, n).Select(i => $$$"""{"type":"function","function":{"name":"f{{{i}}}"}}""")) + "]");

        Assert.Equal(3, Call(Turns(3), format).Parts.Length);
        Assert.Equal(("too_many_parts", "/messages/3/content"), (Fault(Turns(4), format).Cause, Fault(Turns(4), format).Path));
        Assert.Equal(2, Call(Tools(2), format).Tools.Length);
        Assert.Equal(("too_many_tools", "/tools/2"), (Fault(Tools(3), format).Cause, Fault(Tools(3), format).Path));
        Assert.Equal((413, "body_too_large"), (Fault(new string(' ', 301), format).Status, Fault(new string(' ', 301), format).Cause));
    }

    [Fact]
    public void A_huge_object_with_one_duplicate_is_refused_in_linear_time()
    {
        var names = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"k{i}\":1"));

        Assert.Equal("duplicate_field", Fault(Request(
            "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{"
            + names + ",\"k199999\":1}}}")).Cause);
    }

    [Theory]
    [InlineData("application/json", null, true)]
    [InlineData("application/json; charset=utf-8", null, true)]
    [InlineData("Application/JSON;charset=UTF-8", "identity", true)]
    [InlineData("application/json; charset=utf-16", null, false)]
    [InlineData("text/plain", null, false)]
    [InlineData("application/jsonx", null, false)]
    [InlineData("multipart/form-data; boundary=x", null, false)]
    [InlineData(null, null, false)]
    [InlineData("application/json", "gzip", false)]
    public void Only_plain_utf8_json_is_read(string? contentType, string? contentEncoding, bool isRead)
    {
        var fault = Format.CheckContentType(contentType, contentEncoding);

        Assert.Equal(isRead ? null : "415 unsupported_media_type", fault is null ? null : $"{fault.Status} {fault.Cause}");
    }
}
