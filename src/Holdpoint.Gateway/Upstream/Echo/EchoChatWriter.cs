using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>Writes an echo as OpenAI's server would answer a chat.</summary>
internal sealed class EchoChatWriter(string id, long created, Call call)
{
    /// <summary>A <c>chat.completion</c>.</summary>
    public byte[] Whole(EchoReply reply) => EchoJson.Object(json =>
    {
        Head(json, "chat.completion");
        json.WriteStartArray("choices"u8);
        for (var choice = 0; choice < call.Choices; choice++)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, choice);
            json.WriteStartObject("message"u8);
            json.WriteString("role"u8, "assistant");
            json.WriteString("content"u8, reply.Text);
            json.WriteNull("refusal"u8);
            if (reply.Tool is { } tool)
            {
                WriteTool(json, tool, tool.Arguments, choice, isStream: false);
            }

            json.WriteEndObject();
            json.WriteNull("logprobs"u8);
            json.WriteString("finish_reason"u8, FinishReason(reply));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Usage(json, reply);
    });

    /// <summary>Events with a <c>chat.completion.chunk</c> each, and <c>[DONE]</c>; one array an event.</summary>
    public ImmutableArray<byte[]> Stream(EchoReply reply)
    {
        var events = ImmutableArray.CreateBuilder<byte[]>();
        for (var choice = 0; choice < call.Choices; choice++)
        {
            events.Add(Chunk(choice, null, json =>
            {
                json.WriteString("role"u8, "assistant");
                json.WriteString("content"u8, reply.Text is null ? null : "");
                json.WriteNull("refusal"u8);
            }));
            foreach (var word in EchoJson.Words(reply.Text ?? ""))
            {
                events.Add(Chunk(choice, null, json => json.WriteString("content"u8, word)));
            }

            if (reply.Tool is { } tool)
            {
                events.Add(Chunk(choice, null, json => WriteTool(json, tool, "", choice, isStream: true)));
                foreach (var word in EchoJson.Words(tool.Arguments))
                {
                    events.Add(Chunk(choice, null, json => WriteMoreArguments(json, tool, word)));
                }
            }

            events.Add(Chunk(choice, FinishReason(reply), _ => { }));
        }

        if (call.IncludeUsage)
        {
            events.Add(EchoJson.Event(EchoJson.Object(json =>
            {
                Head(json, "chat.completion.chunk");
                json.WriteStartArray("choices"u8);
                json.WriteEndArray();
                Usage(json, reply);
            })));
        }

        events.Add("data: [DONE]\n\n"u8.ToArray());
        return events.DrainToImmutable();
    }

    private static string FinishReason(EchoReply reply) => reply.Tool switch
    {
        null => reply.IsCut ? "length" : "stop",
        { Kind: EchoToolKind.LegacyFunction } => "function_call",
        _ => "tool_calls",
    };

    private static void WriteTool(Utf8JsonWriter json, EchoToolCall tool, string arguments, int choice, bool isStream)
    {
        if (tool.Kind == EchoToolKind.LegacyFunction)
        {
            json.WriteStartObject("function_call"u8);
            json.WriteString("name"u8, tool.Name);
            json.WriteString("arguments"u8, arguments);
            json.WriteEndObject();
            return;
        }

        var (type, text) = Fields(tool);
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        if (isStream)
        {
            json.WriteNumber("index"u8, 0);
        }

        json.WriteString("id"u8, $"call_echo_{choice}");
        json.WriteString("type"u8, type);
        json.WriteStartObject(type);
        json.WriteString("name"u8, tool.Name);
        json.WriteString(text, arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteMoreArguments(Utf8JsonWriter json, EchoToolCall tool, string arguments)
    {
        if (tool.Kind == EchoToolKind.LegacyFunction)
        {
            json.WriteStartObject("function_call"u8);
            json.WriteString("arguments"u8, arguments);
            json.WriteEndObject();
            return;
        }

        var (type, text) = Fields(tool);
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject(type);
        json.WriteString(text, arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static (string Type, string Text) Fields(EchoToolCall tool) =>
        tool.Kind == EchoToolKind.Custom ? ("custom", "input") : ("function", "arguments");

    private byte[] Chunk(int choice, string? finishReason, Action<Utf8JsonWriter> delta) => EchoJson.Event(EchoJson.Object(json =>
    {
        Head(json, "chat.completion.chunk");
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, choice);
        json.WriteStartObject("delta"u8);
        delta(json);
        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        if (call.IncludeUsage)
        {
            json.WriteNull("usage"u8);
        }
    }));

    private void Head(Utf8JsonWriter json, string kind)
    {
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, kind);
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, call.Model);
    }

    private void Usage(Utf8JsonWriter json, EchoReply reply)
    {
        var prompt = EchoJson.Tokens(reply.PromptBytes);
        var completion = EchoJson.Tokens(reply.Output) * call.Choices;
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, prompt);
        json.WriteNumber("completion_tokens"u8, completion);
        json.WriteNumber("total_tokens"u8, prompt + completion);
        json.WriteEndObject();
    }
}
