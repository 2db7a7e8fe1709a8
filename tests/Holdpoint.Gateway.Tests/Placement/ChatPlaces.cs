namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>Where content can be in a chat completion.</summary>
internal static class ChatPlaces
{
    public static IReadOnlyList<Place> All { get; } =
    [
        Turn("\"role\":\"system\",\"content\":\"§\"", "content"),
        Turn("\"role\":\"developer\",\"content\":\"§\"", "content"),
        Turn("\"role\":\"user\",\"content\":\"§\"", "content"),
        Turn("\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"§\"}]", "content/1/text"),
        Turn("\"role\":\"user\",\"name\":\"§\",\"content\":\"a\"", "name"),
        Turn("\"role\":\"assistant\",\"content\":\"§\"", "content"),
        Turn("\"role\":\"assistant\",\"refusal\":\"§\"", "refusal"),
        Turn("\"role\":\"assistant\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"§\"}]", "content/0/refusal"),
        Turn("\"role\":\"assistant\",\"reasoning_content\":\"§\"", "reasoning_content"),
        Turn("\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\","
            + "\"arguments\":\"{\\\"q\\\":\\\"§\\\"}\"}}]", "tool_calls/0/function/arguments"),
        Turn(
            "\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"input\":\"§\"}}]",
            "tool_calls/0/custom/input"),
        Turn("\"role\":\"assistant\",\"function_call\":{\"name\":\"f\",\"arguments\":\"§\"}", "function_call/arguments"),
        Turn("\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"§\"", "content"),
        Turn("\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":[{\"type\":\"text\",\"text\":\"§\"}]", "content/0/text"),
        Turn("\"role\":\"function\",\"name\":\"f\",\"content\":\"§\"", "content"),
        Turn(
            "\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"filename\":\"§\",\"file_data\":\"AAEC\"}}]",
            "content/0/file/filename"),
        new("/v1/chat/completions", """{"model":"echo","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},"""
            + """{"role":"user","content":"§"}]}""", "/messages/2/content"),
        Field("\"prediction\":{\"type\":\"content\",\"content\":\"§\"}", "/prediction/content"),
        Field("\"stop\":[\"a\",\"§\"]", "/stop/1"),
        Field("\"metadata\":{\"k\":\"§\"}", "/metadata/k"),
        Field("\"user\":\"§\"", "/user"),
        Field("\"safety_identifier\":\"§\"", "/safety_identifier"),
        Field(
            "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"description\":\"§\"}}",
            "/response_format/json_schema/description"),
        Field("\"reasoning_effort\":\"§\"", "/reasoning_effort"),
    ];

    /// <summary>Among turns, not the last.</summary>
    private static Place Turn(string fields, string path) => new(
        "/v1/chat/completions",
        "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{" + fields + "},{\"role\":\"user\",\"content\":\"b\"}]}",
        "/messages/1/" + path);

    private static Place Field(string field, string path) =>
        new("/v1/chat/completions", "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]," + field + "}", path);
}
