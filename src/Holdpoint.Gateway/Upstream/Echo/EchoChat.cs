using System.Collections.Immutable;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>The echo of a chat completion.</summary>
internal sealed class EchoChat : EchoForm
{
    public override ImmutableArray<byte[]> Answer(UpstreamCall call, DateTimeOffset now)
    {
        var reply = ReplyTo(call.Body);
        var writer = new EchoChatWriter(NewId("chatcmpl-"), now.ToUnixTimeSeconds(), call.Call);
        return call.Call.Stream ? writer.Stream(reply) : [writer.Whole(reply)];
    }

    private static EchoReply ReplyTo(ReadOnlyMemory<byte> body)
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
        return EchoReply.To(lastUser, lastRole is "tool" or "function" ? null : ToolOf(root, lastUser), body.Length);
    }

    private static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Join('\n', content.EnumerateArray()
            .Where(part => part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
            .Select(part => part.GetProperty("text").GetString())),
        _ => "",
    };

    /// <summary>Chooses the tool and makes up its arguments. Null when there is no tool, or the caller wants none called.</summary>
    private static EchoToolCall? ToolOf(JsonElement root, string lastUser)
    {
        if (root.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array && !IsNone(root, "tool_choice"))
        {
            var wanted = NameIn(root, "tool_choice");
            foreach (var tool in tools.EnumerateArray())
            {
                var kind = tool.GetProperty("type").GetString();
                if (kind is "function" or "custom" && tool.GetProperty(kind) is var named && (wanted ?? NameOf(named)) == NameOf(named))
                {
                    return kind == "custom"
                        ? new EchoToolCall(EchoToolKind.Custom, NameOf(named), lastUser)
                        : new EchoToolCall(EchoToolKind.Function, NameOf(named), EchoArguments.For(named, "parameters", lastUser));
                }
            }
        }

        if (root.TryGetProperty("functions", out var functions)
            && functions.ValueKind == JsonValueKind.Array && !IsNone(root, "function_call"))
        {
            var wanted = NameIn(root, "function_call");
            foreach (var function in functions.EnumerateArray())
            {
                if ((wanted ?? NameOf(function)) == NameOf(function))
                {
                    return new EchoToolCall(
                        EchoToolKind.LegacyFunction, NameOf(function), EchoArguments.For(function, "parameters", lastUser));
                }
            }
        }

        return null;
    }

    private static string NameOf(JsonElement tool) => tool.GetProperty("name").GetString()!;

    private static bool IsNone(JsonElement root, string field) =>
        root.TryGetProperty(field, out var choice) && choice.ValueKind == JsonValueKind.String && choice.ValueEquals("none"u8);

    private static string? NameIn(JsonElement root, string field)
    {
        if (!root.TryGetProperty(field, out var choice) || choice.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var kind in (ReadOnlySpan<string>)["function", "custom"])
        {
            if (choice.TryGetProperty(kind, out var inner) && inner.ValueKind == JsonValueKind.Object)
            {
                choice = inner;
                break;
            }
        }

        return choice.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
    }
}
