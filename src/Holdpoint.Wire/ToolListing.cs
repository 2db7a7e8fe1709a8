using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Wire.Anthropic;
using Holdpoint.Wire.OpenAi;
using Holdpoint.Wire.OpenAi.Responses;

namespace Holdpoint.Wire;

/// <summary>
/// The tools that a client offers in one of its request bodies, or in a bare list of definitions, read exactly as the gateway reads them in
/// a call: so the registered tools are the tools found. Never throws, whatever the bytes are; thread-safe.
/// </summary>
/// <param name="Tools">The tools in their order; empty with a problem.</param>
/// <param name="Format">The form in which the tools were read: one of <see cref="Formats"/>.</param>
/// <param name="Problem">The problem, in words for people; null when there is none.</param>
public sealed record ToolListing(ImmutableArray<ListedTool> Tools, string Format, string? Problem = null)
{
    private const string Chat = "chat";
    private const string Responses = "responses";
    private const string Messages = "anthropic";

    // What of a request offers tools. The rest of it is not read: a prompt has no business in an agreement.
    private static readonly string[] ToolFields = ["tools", "functions", "web_search_options", "mcp_servers"];

    /// <summary>The forms that are known: OpenAI's chat completions and responses, and Anthropic's messages.</summary>
    public static ImmutableArray<string> Formats { get; } = [Chat, Responses, Messages];

    /// <summary>Reads a file.</summary>
    /// <param name="file">UTF-8 JSON: a request body, an array of definitions, or one definition.</param>
    /// <param name="format">The form, one of <see cref="Formats"/>; null to find it by a field that only one form has.</param>
    public static ToolListing Read(ReadOnlyMemory<byte> file, string? format = null)
    {
        try
        {
            using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = WireLimits.Default.MaxDepth });
            return Read(document.RootElement, format);
        }
        catch (JsonException e)
        {
            return new([], format ?? Chat, $"not JSON: see line {e.LineNumber + 1}, byte {e.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            // The parser takes escapes as they come and fails only when a string is read.
            return new([], format ?? Chat, "not valid Unicode: a string holds half of a surrogate pair, or bytes that are not UTF-8");
        }
    }

    private static ToolListing Read(JsonElement root, string? format)
    {
        List<(string Name, JsonElement Value)> fields = root.ValueKind switch
        {
            JsonValueKind.Array => [("tools", root)],
            JsonValueKind.Object when IsRequest(root) =>
                [.. ToolFields.Where(name => root.TryGetProperty(name, out _)).Select(name => (name, root.GetProperty(name)))],
            _ => [],
        };
        format ??= FormatOf(root, fields);
        var single = root.ValueKind == JsonValueKind.Object && !IsRequest(root);
        if (!single && fields.Count == 0)
        {
            return new([], format, "no tools: neither a request that offers some, nor a list of definitions");
        }

        WireFormat wire = format switch { Responses => new OpenAiResponses(), Messages => new AnthropicMessages(), _ => new OpenAiChat() };
        var read = wire.Read(Body(format, fields, single ? root : null));
        if (read is ReadOutcome.Unreadable(var fault))
        {
            return new([], format, $"read as {format}: {fault.Message}");
        }

        var tools = ((ReadOutcome.Readable)read).Call.Tools;
        var listed = tools.Select(tool => (tool.Name, Digest: ToolDigest.Of(tool), tool.RunByProvider)).ToList();
        return listed.Find(tool => tool.Digest is null) is { Name: { } nameless }
            ? new([], format, $"the definition of {nameless} has no RFC 8785 form")
            : new([.. listed.Select(tool => new ListedTool(tool.Name, tool.Digest!, tool.RunByProvider))], format);
    }

    private static bool IsRequest(JsonElement root) =>
        ToolFields.Append("messages").Append("input").Any(name => root.TryGetProperty(name, out _)) && !root.TryGetProperty("name", out _);

    /// <summary>
    /// The form, by a field that only one form has. Without such a field, a request with <c>messages</c> is OpenAI's chat, and anything
    /// else is OpenAI's responses.
    /// </summary>
    private static string FormatOf(JsonElement root, List<(string Name, JsonElement Value)> fields)
    {
        var isObject = root.ValueKind == JsonValueKind.Object;
        if (fields.Exists(field => field.Name == "mcp_servers"))
        {
            return Messages;
        }

        if (fields.Exists(field => field.Name is "functions" or "web_search_options"))
        {
            return Chat;
        }

        var hasMessages = isObject && root.TryGetProperty("messages", out _);
        if (isObject && root.TryGetProperty("input", out _) && !hasMessages)
        {
            return Responses;
        }

        foreach (var tool in fields.SelectMany(field => field.Value.ValueKind == JsonValueKind.Array ? field.Value.EnumerateArray() : [])
            .Append(root))
        {
            if (FormatOf(tool) is { } format)
            {
                return format;
            }
        }

        return hasMessages ? Chat : Responses;
    }

    private static string? FormatOf(JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var type = tool.TryGetProperty("type", out var its) && its.ValueKind == JsonValueKind.String ? its.GetString()! : "";
        return tool.TryGetProperty("input_schema", out _) || type == "mcp_toolset" || IsDated(type) ? Messages
            : type.Length > 0 && tool.TryGetProperty(type, out var inner) && inner.ValueKind == JsonValueKind.Object ? Chat
            : type is "function" or "custom" && tool.TryGetProperty("name", out _) ? Responses
            : null;
    }

    /// <summary>Whether the type ends in a date, such as <c>web_search_20250305</c>: only Anthropic writes a version so.</summary>
    private static bool IsDated(string type) =>
        type.Length > 9 && type[^9] == '_' && !type.AsSpan(type.Length - 8).ContainsAnyExceptInRange('0', '9');

    private static ReadOnlyMemory<byte> Body(string format, List<(string Name, JsonElement Value)> fields, JsonElement? single)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, "m");
            if (format == Responses)
            {
                json.WriteString("input"u8, "");
            }
            else
            {
                json.WriteStartArray("messages"u8);
                json.WriteEndArray();
            }

            foreach (var (name, value) in fields)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value.GetRawText());
            }

            if (single is { } tool)
            {
                json.WriteStartArray("tools"u8);
                json.WriteRawValue(tool.GetRawText());
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }
}
