using System.Text;
using Holdpoint.Gateway.Tests.Wire;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>A place of an answer where content can be.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Answer">What the provider answers, with <c>%%</c> in the place (which no JSON writer escapes).</param>
/// <param name="Path">The place by which the coverage must name it.</param>
internal sealed record AnswerPlace(string Endpoint, string Answer, string Path)
{
    public const string Done = "data: [DONE]\n\n";

    /// <summary>The request that is answered so.</summary>
    public string Request => RequestOf(Endpoint, IsStream);

    public bool IsStream => Answer.Contains("data: ", StringComparison.Ordinal);

    /// <summary>The tool that every request offers; its definitions are registered as harmless.</summary>
    public static IReadOnlyDictionary<string, (string Name, string Definition)> Tools { get; } = new Dictionary<string, (string, string)>
    {
        ["/v1/chat/completions"] = ("look_up", """{"type":"function","function":{"name":"look_up","parameters":{"type":"object"}}}"""),
        ["/v1/responses"] = ("find_out", """{"type":"function","name":"find_out","strict":false,"parameters":{"type":"object"}}"""),
        ["/v1/messages"] = ("ask_for", """{"name":"ask_for","input_schema":{"type":"object"}}"""),
    };

    public static IReadOnlyList<AnswerPlace> Whole { get; } =
    [
        new("/v1/chat/completions", Script.CompletionJson("%%"), "/choices/0/message/content"),
        new(
            "/v1/chat/completions", Script.CompletionJson("a").Replace("\"refusal\":null", "\"refusal\":\"%%\"", StringComparison.Ordinal),
            "/choices/0/message/refusal"),
        new(
            "/v1/chat/completions",
            Script.CompletionJson("a").Replace("\"refusal\":null", "\"reasoning_content\":\"%%\"", StringComparison.Ordinal),
            "/choices/0/message/reasoning_content"),
        new(
            "/v1/chat/completions",
            Script.CompletionJson("a").Replace("\"refusal\":null", "\"of_tomorrow\":[{\"a\":\"%%\"}]", StringComparison.Ordinal),
            "/choices/0/message/of_tomorrow"),
        new(
            "/v1/chat/completions",
            Script.CompletionJson("a").Replace(
                "\"refusal\":null",
                "\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"look_up\",\"arguments\":\"{\\\"q\\\":\\\"%%\\\"}\"}}]",
                StringComparison.Ordinal),
            "/choices/0/message/tool_calls/0"),
        new("/v1/responses", ResponsesEvents.Response(ResponsesEvents.Saying("%%")), "/output/0/content/0/text"),
        new("/v1/responses", ResponsesEvents.Response(
            """{"type":"message","content":[{"type":"refusal","refusal":"%%"}]}"""), "/output/0/content/0/refusal"),
        new("/v1/responses", ResponsesEvents.Response(
            """{"type":"reasoning","summary":[{"type":"summary_text","text":"%%"}]}"""), "/output/0/summary/0/text"),
        new("/v1/responses", ResponsesEvents.Response(
            """{"type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"%%"}]}"""), "/output/0/content/0/text"),
        new(
            "/v1/responses",
            ResponsesEvents.Response("""{"type":"message","content":[{"type":"output_text","text":"a","annotations":[{"title":"%%"}]}]}"""),
            "/output/0/content/0/annotations"),
        new("/v1/responses", ResponsesEvents.Response("""{"type":"shell_call_output","output":[{"stdout":"%%"}]}"""), "/output/0"),
        new("/v1/responses", ResponsesEvents.Response(ResponsesEvents.Calling("find_out", "%%")), "/output/0"),
        new(
            "/v1/responses",
            ResponsesEvents.Response().Replace("\"output\":[]", "\"output\":[],\"instructions\":\"%%\"", StringComparison.Ordinal),
            "/instructions"),
        new(
            "/v1/responses",
            ResponsesEvents.Response().Replace("\"output\":[]", "\"output\":[],\"of_tomorrow\":\"%%\"", StringComparison.Ordinal),
            "/of_tomorrow"),
        new(
            "/v1/completions", """{"id":"c","object":"text_completion","choices":[{"text":"%%","index":0,"finish_reason":"stop"}]}""",
            "/choices/0/text"),
        new("/v1/embeddings", """{"object":"list","data":[],"of_tomorrow":"%%"}""", "/of_tomorrow"),
        new("/v1/messages", Messages("""{"type":"text","text":"%%"}"""), "/content/0/text"),
        new("/v1/messages", Messages("""{"type":"thinking","thinking":"%%","signature":"c2ln"}"""), "/content/0/thinking"),
        new("/v1/messages", Messages("""{"type":"thinking","thinking":"a","signature":"%%"}"""), "/content/0/signature"),
        new("/v1/messages", Messages(
            """{"type":"text","text":"a","citations":[{"type":"char_location","cited_text":"%%"}]}"""), "/content/0/citations"),
        new(
            "/v1/messages",
            Messages("""{"type":"web_fetch_tool_result","tool_use_id":"s","content":{"type":"web_fetch_result","url":"%%"}}"""),
            "/content/0/content"),
        new("/v1/messages", Messages("""{"type":"of_tomorrow","words":["%%"]}"""), "/content/0/words"),
        new(
            "/v1/messages", Messages("").Replace("\"stop_sequence\":null", "\"stop_sequence\":\"%%\"", StringComparison.Ordinal),
            "/stop_sequence"),
        new("/v1/messages", Messages("").Replace(
            "\"stop_sequence\":null", "\"stop_details\":{\"type\":\"refusal\",\"explanation\":\"%%\"}",
            StringComparison.Ordinal), "/stop_details"),
        new("/v1/messages", Messages("""{"type":"tool_use","id":"t","name":"ask_for","input":{"q":"%%"}}"""), "/content/0"),
    ];

    public static IReadOnlyList<AnswerPlace> Streamed { get; } =
    [
        new(
            "/v1/chat/completions", Script.ChunkEvent("""{"refusal":"%%"}""") + Script.ChunkEvent("{}", "\"stop\"") + Done,
            "/choices/0/message/refusal"),
        new(
            "/v1/chat/completions", Script.ChunkEvent("""{"reasoning_content":"%%"}""") + Script.ChunkEvent("{}", "\"stop\"") + Done,
            "/choices/0/message/reasoning_content"),
        new("/v1/chat/completions", ": %%\n\n" + Script.ChunkEvent("{}", "\"stop\"") + Done, "/stream/line"),
        new("/v1/chat/completions", ": hello\n\n: %%\n\n" + Script.ChunkEvent("{}", "\"stop\"") + Done, "/stream/line"),
        new(
            "/v1/responses", ResponsesEvents.Start
            + ResponsesEvents.Event("response.output_text.delta", "\"output_index\":0,\"content_index\":0,\"delta\":\"hello\"")
            + ResponsesEvents.Event("response.output_text.done", "\"output_index\":0,\"content_index\":0,\"text\":\"%%\"")
            + ResponsesEvents.Completed(), "/output/0/content/0/text"),
        new(
            "/v1/responses", ResponsesEvents.Start
            + ResponsesEvents.Event("response.output_text.delta", "\"output_index\":0,\"content_index\":0,\"delta\":\"hello\"")
            + ResponsesEvents.Completed(ResponsesEvents.Saying("%%")), "/output/0/content/0/text"),
        new("/v1/responses", Response(
            "response.refusal.delta", "\"output_index\":0,\"content_index\":0,\"delta\":\"%%\""), "/output/0/content/0/refusal"),
        new("/v1/responses", Response(
            "response.reasoning_text.delta", "\"output_index\":0,\"content_index\":0,\"delta\":\"%%\""), "/output/0/content/0/text"),
        new(
            "/v1/responses", Response("response.reasoning_summary_text.delta", "\"output_index\":0,\"summary_index\":0,\"delta\":\"%%\""),
            "/output/0/summary/0/text"),
        new("/v1/responses", Response(
            "response.output_text.done", "\"output_index\":0,\"content_index\":0,\"text\":\"%%\""), "/output/0/content/0/text"),
        new("/v1/responses", Response(
            "response.content_part.done",
            "\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"%%\"}"), "/output/0/content/0/text"),
        new("/v1/responses", Response(
            "response.output_item.done", "\"output_index\":0,\"item\":" + ResponsesEvents.Saying("%%")), "/output/0/content/0/text"),
        new("/v1/responses", ResponsesEvents.Start + ResponsesEvents.Said(0, "harmless") + ResponsesEvents.Completed(
            ResponsesEvents.Saying("%%")), "/output/0/content/0/text"),
        new(
            "/v1/responses",
            Response("response.output_text.annotation.added", "\"output_index\":0,\"content_index\":0,\"annotation\":{\"title\":\"%%\"}"),
            "/output/0/content/0/annotations"),
        new("/v1/responses", Response("response.in_progress", "\"response\":{\"output\":[],\"instructions\":\"%%\"}"), "/instructions"),
        new("/v1/responses", Response("response.of.tomorrow", "\"delta\":\"%%\""), "/stream/response.of.tomorrow/output/0"),
        new(
            "/v1/responses", "event: %%\n" + ResponsesEvents.Start[(ResponsesEvents.Start.IndexOf('\n', StringComparison.Ordinal) + 1)..]
            + ResponsesEvents.Completed(), "/stream/line"),
        new("/v1/responses", ResponsesEvents.Event("error", "\"code\":\"x\",\"message\":\"%%\""), "/stream/message"),
        new("/v1/messages", MessageStart + Block(
            """{"type":"thinking","thinking":"","signature":""}""",
            """{"type":"thinking_delta","thinking":"%%"}""") + MessageStop, "/content/0/thinking"),
        new("/v1/messages", MessageStart + Block(
            """{"type":"thinking","thinking":"","signature":""}""",
            """{"type":"signature_delta","signature":"%%"}""") + MessageStop, "/content/0/signature"),
        new("/v1/messages", MessageStart + Block("""{"type":"text","text":""}""", """{"type":"citations_delta","citation":"""
            + """{"type":"char_location","cited_text":"%%"}}""") + MessageStop, "/content/0/citations"),
        new("/v1/messages", MessageStart + Block(
            """{"type":"compaction","content":null}""",
            """{"type":"compaction_delta","content":"%%"}""") + MessageStop, "/content/0/content"),
        new("/v1/messages", MessageStart + Block(
            """{"type":"text","text":"%%"}""", """{"type":"text_delta","text":" a"}""") + MessageStop, "/content/0/text"),
        new("/v1/messages", MessageStart + Block(
            """{"type":"web_search_tool_result","tool_use_id":"s","content":[{"title":"%%"}]}""",
            """{"type":"of_tomorrow"}""") + MessageStop, "/content/0/content"),
        new("/v1/messages", MessageStart + Block(
            """{"type":"text","text":""}""", """{"type":"of_tomorrow","words":"%%"}""") + MessageStop, "/content/0/words"),
        new("/v1/messages", MessageStart + Event("of_tomorrow", "\"words\":\"%%\"") + Block(
            """{"type":"text","text":""}""", """{"type":"text_delta","text":"a"}""") + MessageStop, "/words"),
        new("/v1/messages", MessageStart + Event("error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"%%\"}"), "/error"),
    ];

    /// <summary>A stream that says a text in those pieces.</summary>
    public static AnswerPlace Saying(string endpoint, IReadOnlyList<string> jsonPieces) => endpoint switch
    {
        "/v1/chat/completions" => new(
            endpoint, Join(jsonPieces, piece => Script.ChunkEvent($"{{\"content\":\"{piece}\"}}"))
            + Script.ChunkEvent("{}", "\"stop\"") + Done, "/choices/0/message/content"),
        "/v1/responses" => new(
            endpoint,
            ResponsesEvents.Start + Join(
                jsonPieces, piece => ResponsesEvents.Event(
                    "response.output_text.delta", $"\"output_index\":0,\"content_index\":0,\"delta\":\"{piece}\""))
                + ResponsesEvents.Completed(
                    ResponsesEvents.Saying("%%").Replace("%%", string.Concat(jsonPieces), StringComparison.Ordinal)),
            "/output/0/content/0/text"),
        "/v1/completions" => new(
            endpoint, Join(jsonPieces, piece => $"data: {{\"choices\":[{{\"text\":\"{piece}\",\"index\":0,\"finish_reason\":null}}]}}\n\n")
            + Done, "/choices/0/text"),
        _ => new(
            endpoint,
            MessageStart + Event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}") + Join(
                jsonPieces, piece => Event(
                    "content_block_delta", $"\"index\":0,\"delta\":{{\"type\":\"text_delta\",\"text\":\"{piece}\"}}")) + MessageStop,
            "/content/0/text"),
    };

    /// <summary>A stream that calls the registered tool with arguments in those pieces, which are JSON inside a JSON string.</summary>
    public static AnswerPlace Calling(string endpoint, IReadOnlyList<string> jsonPieces) => endpoint switch
    {
        "/v1/chat/completions" => new(
            endpoint,
            Script.ChunkEvent("""{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"look_up","arguments":""}}]}""")
            + Join(
                jsonPieces, piece => Script.ChunkEvent($"{{\"tool_calls\":[{{\"index\":0,\"function\":{{\"arguments\":\"{piece}\"}}}}]}}"))
            + Script.ChunkEvent("{}", "\"tool_calls\"") + Done,
            "/choices/0/message/tool_calls/0"),
        "/v1/responses" => new(
            endpoint,
            ResponsesEvents.Start + ResponsesEvents.Event(
                "response.output_item.added", $"\"output_index\":0,\"item\":{ResponsesEvents.Calling("find_out", "")}")
            + Join(jsonPieces, piece => ResponsesEvents.Event(
                "response.function_call_arguments.delta", $"\"output_index\":0,\"delta\":\"{piece}\""))
            + ResponsesEvents.Completed(
                ResponsesEvents.Calling("find_out", "%%").Replace("%%", string.Concat(jsonPieces), StringComparison.Ordinal)),
            "/output/0"),
        _ => new(
            endpoint,
            MessageStart + Event(
                "content_block_start",
                "\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"ask_for\",\"input\":{}}")
            + Join(jsonPieces, piece => Event(
                "content_block_delta",
                $"\"index\":0,\"delta\":{{\"type\":\"input_json_delta\",\"partial_json\":\"{piece}\"}}")) + MessageStop,
            "/content/0"),
    };

    public override string ToString() => $"{Endpoint} {Path} {(IsStream ? "streamed" : "whole")}";

    private static string RequestOf(string endpoint, bool stream)
    {
        var tools = Tools.TryGetValue(endpoint, out var tool) ? $",\"tools\":[{tool.Definition}]" : "";
        return (endpoint switch
        {
            "/v1/chat/completions" => """{"model":"gpt-4o","messages":[{"role":"user","content":"a"}]""",
            "/v1/responses" => """{"model":"gpt-4o","input":"a" """,
            "/v1/completions" => """{"model":"gpt-4o","prompt":"a" """,
            "/v1/embeddings" => """{"model":"gpt-4o","input":"a" """,
            _ => """{"model":"claude-4","max_tokens":9,"messages":[{"role":"user","content":"a"}]""",
        }) + tools + (stream ? ",\"stream\":true}" : "}");
    }

    private static string Response(string type, string fields) =>
        ResponsesEvents.Start + ResponsesEvents.Event(type, fields) + ResponsesEvents.Completed();

    private static string Join(IEnumerable<string> pieces, Func<string, string> write)
    {
        var all = new StringBuilder();
        foreach (var piece in pieces)
        {
            all.Append(write(piece));
        }

        return all.ToString();
    }

    private static string Block(string block, string delta) =>
        Event("content_block_start", $"\"index\":0,\"content_block\":{block}") + Event(
            "content_block_delta", $"\"index\":0,\"delta\":{delta}");

    private static string Messages(string block) =>
        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[" + block
        + "],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";

    private static string Event(string type, string fields) => $"event: {type}\ndata: {{\"type\":\"{type}\",{fields}}}\n\n";

    private static string MessageStart => Event("message_start", "\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
        + "\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}");

    private static string MessageStop =>
        Event("content_block_stop", "\"index\":0")
        + Event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1}")
        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
}
