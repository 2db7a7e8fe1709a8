using System.Collections.Immutable;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>The echo of completions: each prompt is answered, as often as the caller asks for.</summary>
internal sealed class EchoCompletions : EchoForm
{
    // What a stream of ours is read up to.
    private const int MaxChoices = 128;

    public override ImmutableArray<byte[]> Answer(UpstreamCall call, DateTimeOffset now)
    {
        EchoReply[] replies = [.. PromptsIn(call.Body)
            .SelectMany(prompt => Enumerable.Repeat(EchoReply.To(prompt, tool: null, call.Body.Length), call.Call.Choices))
            .Take(MaxChoices)];
        var id = NewId("cmpl-");
        var created = now.ToUnixTimeSeconds();
        if (!call.Call.Stream)
        {
            return [EchoJson.Object(json =>
            {
                Head(json, call, id, created);
                json.WriteStartArray("choices"u8);
                for (var i = 0; i < replies.Length; i++)
                {
                    Choice(json, i, replies[i].Output, FinishReason(replies[i]));
                }

                json.WriteEndArray();
                Usage(json, replies);
            })];
        }

        var events = ImmutableArray.CreateBuilder<byte[]>();
        for (var i = 0; i < replies.Length; i++)
        {
            foreach (var word in EchoJson.Words(replies[i].Output))
            {
                events.Add(Chunk(call, id, created, i, word, null));
            }

            events.Add(Chunk(call, id, created, i, "", FinishReason(replies[i])));
        }

        if (call.Call.IncludeUsage)
        {
            events.Add(EchoJson.Event(EchoJson.Object(json =>
            {
                Head(json, call, id, created);
                json.WriteStartArray("choices"u8);
                json.WriteEndArray();
                Usage(json, replies);
            })));
        }

        events.Add("data: [DONE]\n\n"u8.ToArray());
        return events.DrainToImmutable();
    }

    private static string[] PromptsIn(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return !document.RootElement.TryGetProperty("prompt", out var prompt) ? [""] : prompt.ValueKind switch
        {
            JsonValueKind.Array => [.. prompt.EnumerateArray().Select(text => text.GetString() ?? "")],
            JsonValueKind.String => [prompt.GetString()!],
            _ => [""],
        };
    }

    private static byte[] Chunk(UpstreamCall call, string id, long created, int index, string text, string? finishReason) =>
        EchoJson.Event(EchoJson.Object(json =>
        {
            Head(json, call, id, created);
            json.WriteStartArray("choices"u8);
            Choice(json, index, text, finishReason);
            json.WriteEndArray();
        }));

    private static string FinishReason(EchoReply reply) => reply.IsCut ? "length" : "stop";

    private static void Head(Utf8JsonWriter json, UpstreamCall call, string id, long created)
    {
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "text_completion");
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, call.Call.Model);
    }

    private static void Choice(Utf8JsonWriter json, int index, string text, string? finishReason)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteNumber("index"u8, index);
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
    }

    private static void Usage(Utf8JsonWriter json, EchoReply[] replies)
    {
        var prompt = replies is [var first, ..] ? EchoJson.Tokens(first.PromptBytes) : 1;
        var completion = replies.Sum(reply => EchoJson.Tokens(reply.Output));
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, prompt);
        json.WriteNumber("completion_tokens"u8, completion);
        json.WriteNumber("total_tokens"u8, prompt + completion);
        json.WriteEndObject();
    }
}
