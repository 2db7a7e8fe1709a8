using System.Collections.Immutable;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>Writes an echo as Anthropic's server would.</summary>
internal sealed class EchoMessagesWriter(string id, string model, EchoReply reply)
{
    /// <summary>A <c>message</c>.</summary>
    public byte[] Whole() => EchoJson.Object(json => WriteMessage(json, isStart: false));

    /// <summary>The events of a message; one array an event.</summary>
    public ImmutableArray<byte[]> Stream()
    {
        var events = ImmutableArray.CreateBuilder<byte[]>();
        events.Add(Event("message_start", json =>
        {
            json.WriteStartObject("message"u8);
            WriteMessage(json, isStart: true);
            json.WriteEndObject();
        }));
        events.Add(Event("content_block_start", json =>
        {
            json.WriteNumber("index"u8, 0);
            json.WriteStartObject("content_block"u8);
            WriteBlock(json, "", "{}");
            json.WriteEndObject();
        }));
        events.Add(Event("ping", static _ => { }));
        foreach (var word in EchoJson.Words(reply.Output))
        {
            events.Add(Event("content_block_delta", json => WriteDelta(json, word)));
        }

        events.Add(Event("content_block_stop", static json => json.WriteNumber("index"u8, 0)));
        events.Add(Event("message_delta", json =>
        {
            json.WriteStartObject("delta"u8);
            WriteStop(json, StopReason);
            json.WriteEndObject();
            json.WriteStartObject("usage"u8);
            json.WriteNumber("output_tokens"u8, EchoJson.Tokens(reply.Output));
            json.WriteEndObject();
        }));
        events.Add(Event("message_stop", static _ => { }));
        return events.DrainToImmutable();
    }

    private string StopReason => reply.Tool is not null ? "tool_use" : reply.IsCut ? "max_tokens" : "end_turn";

    private static void WriteStop(Utf8JsonWriter json, string? reason)
    {
        json.WriteString("stop_reason"u8, reason);
        json.WriteNull("stop_sequence"u8);
        json.WriteNull("stop_details"u8);
        json.WriteNull("container"u8);
    }

    private static byte[] Event(string type, Action<Utf8JsonWriter> write) => EchoJson.Event(type, EchoJson.Object(json =>
    {
        json.WriteString("type"u8, type);
        write(json);
    }));

    private void WriteMessage(Utf8JsonWriter json, bool isStart)
    {
        json.WriteString("id"u8, id);
        json.WriteString("type"u8, "message");
        json.WriteString("role"u8, "assistant");
        json.WriteString("model"u8, model);
        json.WriteStartArray("content"u8);
        if (!isStart)
        {
            json.WriteStartObject();
            WriteBlock(json, reply.Text ?? "", reply.Tool?.Arguments ?? "{}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteStop(json, isStart ? null : StopReason);
        json.WriteNull("diagnostics"u8);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, EchoJson.Tokens(reply.PromptBytes));
        json.WriteNumber("cache_creation_input_tokens"u8, 0);
        json.WriteNumber("cache_read_input_tokens"u8, 0);
        json.WriteNumber("output_tokens"u8, isStart ? 1 : EchoJson.Tokens(reply.Output));
        json.WriteString("service_tier"u8, "standard");
        json.WriteEndObject();
    }

    private void WriteBlock(Utf8JsonWriter json, string text, string input)
    {
        if (reply.Tool is not { } tool)
        {
            json.WriteString("type"u8, "text");
            json.WriteString("text"u8, text);
            json.WriteNull("citations"u8);
            return;
        }

        json.WriteString("type"u8, "tool_use");
        json.WriteString("id"u8, "toolu_echo");
        json.WriteString("name"u8, tool.Name);
        json.WritePropertyName("input"u8);
        json.WriteRawValue(input);
        json.WriteStartObject("caller"u8);
        json.WriteString("type"u8, "direct");
        json.WriteEndObject();
    }

    private void WriteDelta(Utf8JsonWriter json, string piece)
    {
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("delta"u8);
        if (reply.Tool is null)
        {
            json.WriteString("type"u8, "text_delta");
            json.WriteString("text"u8, piece);
        }
        else
        {
            json.WriteString("type"u8, "input_json_delta");
            json.WriteString("partial_json"u8, piece);
        }

        json.WriteEndObject();
    }
}
