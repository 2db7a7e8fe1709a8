using System.Text.Json;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>Events of a streamed response, as the API writes them.</summary>
internal static class ResponsesEvents
{
    public const string Start = "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,"
        + "\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"status\":\"in_progress\",\"model\":\"m\","
        + "\"output\":[]}}\n\n";

    /// <summary>An event of that type with further fields.</summary>
    public static string Event(string type, string fields) =>
        $"event: {type}\ndata: {{\"type\":\"{type}\",\"sequence_number\":1{(fields.Length == 0 ? "" : ",")}{fields}}}\n\n";

    /// <summary>The end, with those items in its output.</summary>
    public static string Completed(params string[] items) =>
        Event("response.completed", $"\"response\":{Response(items)}");

    /// <summary>A whole response with those items.</summary>
    public static string Response(params string[] items) =>
        """{"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"m","output":["""
        + $$$"""{{{string.Join(',', items)}}}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""";

    /// <summary>A message that says those texts, a part each.</summary>
    public static string Saying(params string[] texts) =>
        """{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":["""
        + $$"""{{string.Join(',', texts.Select(Part))}}]}""";

    public static string Calling(string name, string arguments, string id = "call_1") =>
        $$"""{"id":"fc_1","type":"function_call","status":"completed","call_id":"{{id}}","name":"{{name}}","arguments":"""
        + $$"""{{JsonSerializer.Serialize(arguments)}}}""";

    public static string CallingCustom(string name, string input) =>
        $$"""{"id":"ct_1","type":"custom_tool_call","status":"completed","call_id":"call_2","name":"{{name}}","input":"""
        + $$"""{{JsonSerializer.Serialize(input)}}}""";

    /// <summary>All events of one message of one text, which comes in those pieces.</summary>
    public static string Said(int output, params string[] pieces)
    {
        var text = string.Concat(pieces);
        return Event("response.output_item.added", $"\"output_index\":{output},\"item\":{Saying()}")
            + Event(
                "response.content_part.added", $"\"output_index\":{output},\"content_index\":0,\"item_id\":\"msg_1\",\"part\":{Part("")}")
            + string.Concat(pieces.Select(piece => Delta(output, piece)))
            + Event(
                "response.output_text.done",
                $"\"output_index\":{output},\"content_index\":0,\"item_id\":\"msg_1\",\"text\":{JsonSerializer.Serialize(text)}")
            + Event(
                "response.content_part.done", $"\"output_index\":{output},\"content_index\":0,\"item_id\":\"msg_1\",\"part\":{Part(text)}")
            + Event("response.output_item.done", $"\"output_index\":{output},\"item\":{Saying(text)}");
    }

    public static string Delta(int output, string text) => Event(
        "response.output_text.delta",
        $"\"output_index\":{output},\"content_index\":0,\"item_id\":\"msg_1\",\"delta\":{JsonSerializer.Serialize(text)},\"logprobs\":[]");

    /// <summary>All events of one function call whose arguments come in those pieces.</summary>
    public static string Called(int output, string name, params string[] pieces)
    {
        var arguments = string.Concat(pieces);
        return Event("response.output_item.added", $"\"output_index\":{output},\"item\":{Calling(name, "")}")
            + string.Concat(pieces.Select(piece => ArgumentsDelta(output, piece)))
            + Event(
                "response.function_call_arguments.done",
                $"\"output_index\":{output},\"item_id\":\"fc_1\",\"name\":\"{name}\",\"arguments\":{JsonSerializer.Serialize(arguments)}")
            + Event("response.output_item.done", $"\"output_index\":{output},\"item\":{Calling(name, arguments)}");
    }

    public static string ArgumentsDelta(int output, string piece) =>
        Event(
            "response.function_call_arguments.delta",
            $"\"output_index\":{output},\"item_id\":\"fc_1\",\"delta\":{JsonSerializer.Serialize(piece)}");

    private static string Part(string text) => $$"""{"type":"output_text","text":{{JsonSerializer.Serialize(text)}},"annotations":[]}""";
}
