namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>Where content can be in Anthropic's messages, and in what is only counted.</summary>
internal static class AnthropicPlaces
{
    public static IReadOnlyList<Place> All { get; } =
    [
        Field("\"system\":\"§\"", "/system"),
        Field("\"system\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"§\"}]", "/system/1/text"),
        Field("\"stop_sequences\":[\"§\"]", "/stop_sequences/0"),
        Field("\"metadata\":{\"user_id\":\"§\"}", "/metadata/user_id"),
        new("/v1/messages", """{"model":"echo","max_tokens":9,"messages":[{"role":"user","content":"§"},"""
            + """{"role":"assistant","content":"b"},{"role":"user","content":"c"}]}""", "/messages/0/content"),
        new("/v1/messages", """{"model":"echo","max_tokens":9,"messages":[{"role":"user","content":"a"},"""
            + """{"role":"assistant","content":"§"},{"role":"user","content":"c"}]}""", "/messages/1/content"),
        new("/v1/messages", """{"model":"echo","max_tokens":9,"messages":[{"role":"user","content":"a"},"""
            + """{"role":"assistant","content":"b"},{"role":"user","content":"§"}]}""", "/messages/2/content"),
        Block("user", """{"type":"text","text":"§"}""", "text"),
        Block("assistant", """{"type":"text","text":"§"}""", "text"),
        Block("assistant", """{"type":"thinking","thinking":"§"}""", "thinking"),
        Block("assistant", """{"type":"text","text":"a","citations":[{"type":"char_location","cited_text":"§","document_index":0"""
            + ""","document_title":null,"start_char_index":0,"end_char_index":1}]}""", "citations/0/cited_text"),
        Block("assistant", """{"type":"compaction","content":"§"}""", "content"),
        Block("assistant", """{"type":"mcp_tool_use","id":"1","name":"f","server_name":"s","input":{"q":"§"}}""", "input"),
        Block("assistant", """{"type":"web_search_tool_result","tool_use_id":"1","content":["""
            + """{"type":"web_search_result","title":"§","url":"u"}]}""", "content/0/title"),
        Block("assistant", """{"type":"bash_code_execution_tool_result","tool_use_id":"1","content":"""
            + """{"type":"bash_code_execution_result","content":[],"return_code":0,"stderr":"","stdout":"§"}}""", "content/stdout"),
        Block("assistant", """{"type":"tool_use","id":"1","name":"f","input":{"q":"§"}}""", "input"),
        Block("user", """{"type":"tool_result","tool_use_id":"1","content":"§"}""", "content"),
        Block("user", """{"type":"tool_result","tool_use_id":"1","content":[{"type":"text","text":"§"}]}""", "content/0/text"),
        Block("user", """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"§"}}""", "source/data"),
        Block("user", """{"type":"tool_result","tool_use_id":"1","content":["""
            + """{"type":"document","context":"§","source":{"type":"content","content":"a"}}]}""", "content/0/context"),
        Block(
            "user", """{"type":"document","source":{"type":"content","content":[{"type":"text","text":"§"}]}}""", "source/content/0/text"),
        Block(
            "user", """{"type":"document","title":"§","source":{"type":"base64","media_type":"application/pdf","data":"AAEC"}}""", "title"),
        Block("user", """{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"§"}]}""", "content/0/text"),
        Block("assistant", """{"type":"server_tool_use","id":"1","name":"web_search","input":{"query":"§"}}""", "input"),
        Block("user", """{"type":"mcp_tool_result","tool_use_id":"1","content":"§"}""", "content"),
        new("/v1/messages/count_tokens", """{"model":"echo","system":"§","messages":[{"role":"user","content":"a"}]}""", "/system"),
        new("/v1/messages/count_tokens", """{"model":"echo","messages":[{"role":"user","content":"§"}]}""", "/messages/0/content"),
    ];

    private static Place Block(string role, string block, string path) => new(
        "/v1/messages",
        "{\"model\":\"echo\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\""
            + role + "\",\"content\":[" + block + "]},{\"role\":\"user\",\"content\":\"b\"}]}",
        "/messages/1/content/0/" + path);

    private static Place Field(string field, string path) =>
        new(
            "/v1/messages", "{\"model\":\"echo\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],"
            + field + "}", path);
}
