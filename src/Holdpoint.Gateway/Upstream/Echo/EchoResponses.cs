using System.Collections.Immutable;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>The echo of a response.</summary>
internal sealed class EchoResponses : EchoForm
{
    public override ImmutableArray<byte[]> Answer(UpstreamCall call, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(call.Body);
        var writer = new EchoResponsesWriter(
            document.RootElement, call.Call.Model, NewId("resp_"), NewId("item_"), now.ToUnixTimeSeconds());
        var reply = ReplyTo(document.RootElement, call.Body.Length);
        return call.Call.Stream ? writer.Stream(reply) : [writer.Whole(reply)];
    }

    private static EchoReply ReplyTo(JsonElement root, int bytes)
    {
        if (!root.TryGetProperty("input", out var input) || input.ValueKind is not (JsonValueKind.Array or JsonValueKind.String))
        {
            return EchoReply.To("", tool: null, bytes);
        }

        if (input.ValueKind == JsonValueKind.String)
        {
            return EchoReply.To(input.GetString()!, ToolOf(root, input.GetString()!), bytes);
        }

        var lastUser = "";
        var lastType = "";
        foreach (var item in input.EnumerateArray())
        {
            lastType = StringIn(item, "type") ?? "message";
            lastUser = lastType == "message" && StringIn(item, "role") == "user" && item.TryGetProperty("content", out var content)
                ? TextOf(content)
                : lastUser;
        }

        // A conversation that ends with a tool's result has had its call; calling again would go round for ever.
        return EchoReply.To(lastUser, lastType.EndsWith("_output", StringComparison.Ordinal) ? null : ToolOf(root, lastUser), bytes);
    }

    private static EchoToolCall? ToolOf(JsonElement root, string lastUser)
    {
        var choice = root.TryGetProperty("tool_choice", out var asked) ? asked : default;
        if (!root.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array
            || (choice.ValueKind == JsonValueKind.String && choice.ValueEquals("none"u8)))
        {
            return null;
        }

        var wanted = choice.ValueKind == JsonValueKind.Object ? StringIn(choice, "name") : null;
        foreach (var tool in tools.EnumerateArray())
        {
            var type = StringIn(tool, "type");
            if (type is "function" or "custom" && StringIn(tool, "name") is { } name && (wanted ?? name) == name)
            {
                return type == "custom"
                    ? new EchoToolCall(EchoToolKind.Custom, name, lastUser)
                    : new EchoToolCall(EchoToolKind.Function, name, EchoArguments.For(tool, "parameters", lastUser));
            }
        }

        return null;
    }

    private static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array =>
            string.Join('\n', content.EnumerateArray().Select(part => StringIn(part, "text")).Where(text => text is not null)),
        _ => "",
    };

    private static string? StringIn(JsonElement thing, string field) =>
        thing.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
