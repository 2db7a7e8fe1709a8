using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>What the echo says to a conversation.</summary>
/// <param name="Text">The text; null when it calls a tool instead.</param>
/// <param name="Tool">The tool that it calls.</param>
/// <param name="IsCut">Whether the text was cut to what an echo says at most.</param>
/// <param name="PromptBytes">Length of the conversation, from which the usage is made up.</param>
internal sealed record EchoReply(string? Text, EchoToolCall? Tool, bool IsCut, int PromptBytes)
{
    // As real models have an output limit: many choices of a large body would otherwise be gigabytes.
    private const int MaxChars = 65_536;

    /// <summary>Answers a body that a wire format has read, so its syntax is known to be good.</summary>
    public static EchoReply To(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var lastUser = "";
        var lastRole = "";
        foreach (var message in root.GetProperty("messages").EnumerateArray())
        {
            lastRole = message.GetProperty("role").GetString()!;
            lastUser = lastRole == "user" && message.TryGetProperty("content", out var content) ? TextOf(content) : lastUser;
        }

        // A conversation that ends with a tool's result has had its call; calling again would go round for ever.
        var tool = lastRole is "tool" or "function" ? null : EchoToolCall.From(root, lastUser);
        var isCut = lastUser.Length > MaxChars;
        var text = isCut ? lastUser[..(MaxChars - (char.IsHighSurrogate(lastUser[MaxChars - 1]) ? 1 : 0))] : lastUser;
        return new EchoReply(tool is null ? "[echo] " + text : null, tool, isCut && tool is null, body.Length);
    }

    private static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Join('\n', content.EnumerateArray()
            .Where(part => part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
            .Select(part => part.GetProperty("text").GetString())),
        _ => "",
    };
}
