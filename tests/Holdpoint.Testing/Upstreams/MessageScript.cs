using System.Text.Json;

namespace Holdpoint.Testing.Upstreams;

/// <summary>What Anthropic's server would send, for a <see cref="ScriptedUpstream"/>.</summary>
public static class MessageScript
{
    /// <summary>The first event of a stream.</summary>
    public static string Start { get; } = Event(
        "message_start",
        """ "message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":"""
            + """[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""");

    /// <summary>The body of a message that says that text.</summary>
    public static string MessageJson(string text) =>
        MessageOf("{\"type\":\"text\",\"text\":" + JsonSerializer.Serialize(text) + ",\"citations\":null}");

    /// <summary>The body of a message with those content blocks.</summary>
    public static string MessageOf(string blocks, string stopReason = "end_turn") =>
        """{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[""" + blocks +
        """],"stop_reason":""" + "\"" + stopReason + "\"" + ""","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""";

    /// <summary>A correct answer that says that text.</summary>
    public static Script Message(string text) => Script.Answer(200, MessageJson(text));

    /// <summary>The events of a content block: its start, a delta each, its stop.</summary>
    public static string Block(int index, string block, params string[] deltas) =>
        Event("content_block_start", $"\"index\":{index},\"content_block\":{block}")
        + string.Concat(deltas.Select(delta => Event("content_block_delta", $"\"index\":{index},\"delta\":{delta}")))
        + Event("content_block_stop", $"\"index\":{index}");

    /// <summary>The last events of a stream.</summary>
    public static string End(string stopReason = "end_turn") =>
        Event("message_delta", $"\"delta\":{{\"stop_reason\":\"{stopReason}\",\"stop_sequence\":null}},\"usage\":{{\"output_tokens\":2}}")
        + Event("message_stop", "");

    /// <summary>One event.</summary>
    public static string Event(string type, string fields) =>
        $"event: {type}\ndata: {{\"type\":\"{type}\"{(fields.Length == 0 ? "" : "," + fields)}}}\n\n";

    /// <summary>A delta of a text.</summary>
    public static string TextDelta(string text) => "{\"type\":\"text_delta\",\"text\":" + JsonSerializer.Serialize(text) + "}";

    /// <summary>A delta of a tool's input.</summary>
    public static string InputDelta(string piece) =>
        "{\"type\":\"input_json_delta\",\"partial_json\":" + JsonSerializer.Serialize(piece) + "}";
}
