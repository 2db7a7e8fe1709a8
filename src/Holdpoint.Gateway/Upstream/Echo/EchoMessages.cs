using System.Collections.Immutable;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>The echo of Anthropic's messages.</summary>
internal sealed class EchoMessages : EchoForm
{
    public override ImmutableArray<byte[]> Answer(UpstreamCall call, DateTimeOffset now)
    {
        var writer = new EchoMessagesWriter(NewId("msg_"), call.Call.Model, ReplyTo(call.Body));
        return call.Call.Stream ? writer.Stream() : [writer.Whole()];
    }

    private static EchoReply ReplyTo(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var lastUser = "";
        var hasResult = false;
        foreach (var message in root.GetProperty("messages").EnumerateArray())
        {
            if (message.GetProperty("role").ValueEquals("user"u8) && message.TryGetProperty("content", out var content))
            {
                lastUser = TextOf(content) ?? lastUser;
                hasResult = content.ValueKind == JsonValueKind.Array
                    && content.EnumerateArray().Any(block => IsOfType(block, "tool_result"));
            }
        }

        // A conversation that ends with a tool's result has had its call; calling again would go round for ever.
        return EchoReply.To(lastUser, hasResult ? null : ToolOf(root, lastUser), body.Length);
    }

    /// <summary>
    /// The first tool that the client runs, or the one that it insists on. Tools that a provider would run, an echo does not have.
    /// </summary>
    private static EchoToolCall? ToolOf(JsonElement root, string lastUser)
    {
        if (!root.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array
            || (root.TryGetProperty("tool_choice", out var choice) && IsOfType(choice, "none")))
        {
            return null;
        }

        var wanted = IsOfType(choice, "tool") && choice.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;
        foreach (var tool in tools.EnumerateArray())
        {
            var isClients = tool.TryGetProperty("input_schema", out _) && tool.TryGetProperty("name", out _);
            if (isClients && (wanted is null || tool.GetProperty("name").ValueEquals(wanted)))
            {
                return new EchoToolCall(
                    EchoToolKind.Function, tool.GetProperty("name").GetString()!, EchoArguments.For(tool, "input_schema", lastUser));
            }
        }

        return null;
    }

    private static bool IsOfType(JsonElement thing, string type) =>
        thing.ValueKind == JsonValueKind.Object && thing.TryGetProperty("type", out var its)
        && its.ValueKind == JsonValueKind.String && its.ValueEquals(type);

    /// <summary>Null when it has no text.</summary>
    private static string? TextOf(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            return content.GetString();
        }

        List<string?> texts = content.ValueKind == JsonValueKind.Array
            ? [.. content.EnumerateArray().Where(IsText).Select(block => block.GetProperty("text").GetString())]
            : [];
        return texts is [] ? null : string.Join('\n', texts);
    }

    private static bool IsText(JsonElement block) =>
        IsOfType(block, "text") && block.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String;
}
