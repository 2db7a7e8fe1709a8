using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>Adds definitions of tools to the harvest. Two tools of one name are refused: a later call could mean either.</summary>
internal static class ToolDefinitions
{
    /// <summary>The maximum length of a name. OpenAI allows 64; some gateways put a server's name before the tool's.</summary>
    public const int MaxNameBytes = 256;

    public static bool Add(ref JsonWalk walk, string name, ReadOnlyMemory<byte> definition, bool runByProvider)
    {
        var tools = walk.Harvest.Tools ??= ImmutableArray.CreateBuilder<ToolDefinition>(4);
        if (tools.Count >= walk.MaxTools)
        {
            return walk.Fail(WireCause.TooManyTools, $"is one tool more than the {walk.MaxTools} that are read");
        }

        foreach (var tool in tools)
        {
            if (tool.Name == name)
            {
                // A list of tools that an earlier answer brought repeats those of the request, word for word.
                if (tool.RunByProvider == runByProvider && tool.Definition.Span.SequenceEqual(definition.Span))
                {
                    return true;
                }

                return walk.Fail(WireCause.DuplicateTool, "defines a tool of a name that another tool has");
            }
        }

        if (!walk.TryReveal(definition, out var text))
        {
            return false;
        }

        tools.Add(new ToolDefinition(name, definition, runByProvider) { Text = text });
        return true;
    }

    /// <summary>Reads the name at the current token.</summary>
    public static bool TryName(ref JsonWalk walk, out string name)
    {
        name = "";
        if (walk.Token != JsonTokenType.String || !walk.TryText(out var text) || text.IsEmpty || text.Length > MaxNameBytes)
        {
            return walk.FailKind($"a string of 1 to {MaxNameBytes} bytes");
        }

        name = Encoding.UTF8.GetString(text.Span);
        return true;
    }
}
