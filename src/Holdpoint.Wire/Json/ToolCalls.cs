using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>Reads and gathers tool calls of answers.</summary>
internal static class ToolCalls
{
    /// <summary>Reads a string; null reads as an empty string.</summary>
    public static bool TryString(ref JsonWalk walk, out string text)
    {
        text = "";
        if (walk.Token == JsonTokenType.Null)
        {
            return true;
        }

        if (walk.Token != JsonTokenType.String || !walk.TryText(out var bytes))
        {
            return walk.FailKind("a string");
        }

        text = Encoding.UTF8.GetString(bytes.Span);
        return true;
    }

    /// <summary>Reads the id of a call: a token, which is read as text unless it is plain. Null reads as an empty string.</summary>
    public static bool TryId(ref JsonWalk walk, out string id) =>
        TryString(ref walk, out id) && (walk.Token == JsonTokenType.Null || TokenRule.Shared.Read(ref walk));

    /// <summary>Adds a call to the harvest.</summary>
    public static bool Add(ref JsonWalk walk, ToolCall call)
    {
        (walk.Harvest.ToolCalls ??= ImmutableArray.CreateBuilder<ToolCall>(1)).Add(call);
        return true;
    }
}
