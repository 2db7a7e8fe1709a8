using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>How a tool call is written in an answer.</summary>
internal enum EchoToolKind
{
    Function,
    Custom,
    LegacyFunction,
}

/// <summary>The tool call of an echo: the first tool, or the one that the caller insists on.</summary>
internal sealed record EchoToolCall(EchoToolKind Kind, string Name, string Arguments)
{
    /// <summary>Chooses the tool and makes up its arguments. Null when there is no tool, or the caller wants none called.</summary>
    public static EchoToolCall? From(JsonElement root, string lastUser)
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
                        : new EchoToolCall(EchoToolKind.Function, NameOf(named), EchoArguments.For(named, lastUser));
                }
            }
        }

        if (root.TryGetProperty("functions", out var functions) && functions.ValueKind == JsonValueKind.Array && !IsNone(root, "function_call"))
        {
            var wanted = NameIn(root, "function_call");
            foreach (var function in functions.EnumerateArray())
            {
                if ((wanted ?? NameOf(function)) == NameOf(function))
                {
                    return new EchoToolCall(EchoToolKind.LegacyFunction, NameOf(function), EchoArguments.For(function, lastUser));
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
