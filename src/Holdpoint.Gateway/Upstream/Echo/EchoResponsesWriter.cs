using System.Collections.Immutable;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>Writes an echo as OpenAI's server would answer <c>/v1/responses</c>: with one item, a message or a tool call.</summary>
/// <param name="request">The request, of which a response repeats some fields.</param>
/// <param name="model">The model that was asked for.</param>
/// <param name="id">Id of the response.</param>
/// <param name="item">Id of its item.</param>
/// <param name="created">When, in seconds since 1970.</param>
internal sealed class EchoResponsesWriter(JsonElement request, string model, string id, string item, long created)
{
    private static readonly string[] Repeated =
        ["instructions", "metadata", "tools", "tool_choice", "text", "reasoning", "temperature", "top_p", "max_output_tokens", "user"];

    private readonly ImmutableArray<byte[]>.Builder _events = ImmutableArray.CreateBuilder<byte[]>();

    /// <summary>A <c>response</c>.</summary>
    public byte[] Whole(EchoReply reply) => EchoJson.Object(json => Response(json, reply, isDone: true));

    /// <summary>The events by which a response arrives, one array an event.</summary>
    public ImmutableArray<byte[]> Stream(EchoReply reply)
    {
        Add("response.created", json => Nested(json, "response", () => Response(json, reply, isDone: false)));
        Add("response.in_progress", json => Nested(json, "response", () => Response(json, reply, isDone: false)));
        AddOutput("response.output_item.added", json => Nested(json, "item", () => Item(json, reply, isDone: false)));
        if (reply.Tool is { } tool)
        {
            StreamTool(tool);
        }
        else
        {
            StreamText(reply.Text!);
        }

        AddOutput("response.output_item.done", json => Nested(json, "item", () => Item(json, reply, isDone: true)));
        Add(
            reply.IsCut ? "response.incomplete" : "response.completed",
            json => Nested(json, "response", () => Response(json, reply, isDone: true)));
        return _events.DrainToImmutable();
    }

    private static void Nested(Utf8JsonWriter json, string field, Action write)
    {
        json.WriteStartObject(field);
        write();
        json.WriteEndObject();
    }

    private static void Part(Utf8JsonWriter json, string text)
    {
        json.WriteString("type"u8, "output_text");
        json.WriteStartArray("annotations"u8);
        json.WriteEndArray();
        json.WriteString("text"u8, text);
    }

    private static (string Type, string Field, string Event) FieldsOf(EchoToolCall tool) => tool.Kind == EchoToolKind.Custom
        ? ("custom_tool_call", "input", "response.custom_tool_call_input")
        : ("function_call", "arguments", "response.function_call_arguments");

    private void StreamText(string text)
    {
        AddContent("response.content_part.added", json => Nested(json, "part", () => Part(json, "")));
        foreach (var word in EchoJson.Words(text))
        {
            AddContent("response.output_text.delta", json =>
            {
                json.WriteString("delta"u8, word);
                json.WriteStartArray("logprobs"u8);
                json.WriteEndArray();
            });
        }

        AddContent("response.output_text.done", json =>
        {
            json.WriteString("text"u8, text);
            json.WriteStartArray("logprobs"u8);
            json.WriteEndArray();
        });
        AddContent("response.content_part.done", json => Nested(json, "part", () => Part(json, text)));
    }

    private void StreamTool(EchoToolCall tool)
    {
        var (_, field, name) = FieldsOf(tool);
        foreach (var word in EchoJson.Words(tool.Arguments))
        {
            AddOutput(name + ".delta", json =>
            {
                json.WriteString("item_id"u8, item);
                json.WriteString("delta"u8, word);
            });
        }

        AddOutput(name + ".done", json =>
        {
            json.WriteString("item_id"u8, item);
            json.WriteString(field, tool.Arguments);
        });
    }

    private void AddContent(string type, Action<Utf8JsonWriter> write) => AddOutput(type, json =>
    {
        json.WriteString("item_id"u8, item);
        json.WriteNumber("content_index"u8, 0);
        write(json);
    });

    private void AddOutput(string type, Action<Utf8JsonWriter> write) => Add(type, json =>
    {
        json.WriteNumber("output_index"u8, 0);
        write(json);
    });

    private void Add(string type, Action<Utf8JsonWriter> write) => _events.Add(EchoJson.Event(type, EchoJson.Object(json =>
    {
        json.WriteString("type"u8, type);
        json.WriteNumber("sequence_number"u8, _events.Count);
        write(json);
    })));

    private void Item(Utf8JsonWriter json, EchoReply reply, bool isDone)
    {
        json.WriteString("id"u8, item);
        json.WriteString("status"u8, !isDone ? "in_progress" : reply.IsCut ? "incomplete" : "completed");
        if (reply.Tool is { } tool)
        {
            var (type, field, _) = FieldsOf(tool);
            json.WriteString("type"u8, type);
            json.WriteString("call_id"u8, "call_echo_0");
            json.WriteString("name"u8, tool.Name);
            json.WriteString(field, isDone ? tool.Arguments : "");
            return;
        }

        json.WriteString("type"u8, "message");
        json.WriteString("role"u8, "assistant");
        json.WriteStartArray("content"u8);
        if (isDone)
        {
            json.WriteStartObject();
            Part(json, reply.Text!);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Response(Utf8JsonWriter json, EchoReply reply, bool isDone)
    {
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "response");
        json.WriteNumber("created_at"u8, created);
        json.WriteString("status"u8, !isDone ? "in_progress" : reply.IsCut ? "incomplete" : "completed");
        json.WriteNull("error"u8);
        if (isDone && reply.IsCut)
        {
            Nested(json, "incomplete_details", () => json.WriteString("reason"u8, "max_output_tokens"));
        }
        else
        {
            json.WriteNull("incomplete_details"u8);
        }

        json.WriteString("model"u8, model);
        json.WriteStartArray("output"u8);
        if (isDone)
        {
            json.WriteStartObject();
            Item(json, reply, isDone: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Repeat(json);
        if (isDone)
        {
            Usage(json, reply);
        }
    }

    /// <summary>The official clients read some of these fields without asking whether they are there.</summary>
    private void Repeat(Utf8JsonWriter json)
    {
        json.WriteBoolean("parallel_tool_calls"u8, true);
        foreach (var field in Repeated)
        {
            if (request.TryGetProperty(field, out var value))
            {
                json.WritePropertyName(field);
                value.WriteTo(json);
            }
            else if (field == "tools")
            {
                json.WriteStartArray(field);
                json.WriteEndArray();
            }
            else if (field == "tool_choice")
            {
                json.WriteString(field, "auto");
            }
            else if (field is "metadata")
            {
                json.WriteStartObject(field);
                json.WriteEndObject();
            }
        }
    }

    private static void Usage(Utf8JsonWriter json, EchoReply reply) => Nested(json, "usage", () =>
    {
        var input = EchoJson.Tokens(reply.PromptBytes);
        var output = EchoJson.Tokens(reply.Output);
        json.WriteNumber("input_tokens"u8, input);
        Nested(json, "input_tokens_details", () => json.WriteNumber("cached_tokens"u8, 0));
        json.WriteNumber("output_tokens"u8, output);
        Nested(json, "output_tokens_details", () => json.WriteNumber("reasoning_tokens"u8, 0));
        json.WriteNumber("total_tokens"u8, input + output);
    });
}
