using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>The array <c>tools</c>.</summary>
internal sealed class AnthropicToolsRule : Rule
{
    private readonly ListRule _list = new(new AnthropicToolRule());

    public override bool Read(ref JsonWalk walk) => _list.Read(ref walk);
}

/// <summary>
/// The definition of one tool: one of the client's own, one that Anthropic defines and the client runs, or, of any other type, one that the
/// provider runs.
/// </summary>
internal sealed class AnthropicToolRule : Rule
{
    /// <summary>The type of a reference to an MCP server whose tools are offered.</summary>
    private const string McpToolset = "mcp_toolset";

    // A toolset says of each of at most 31 members whether it is on and deferred: some 60 bytes each.
    private const int MaxToolsetBytes = 16 * 1024;

    // Fields of definitions carry no content: all of them are in the definition that is digested, and their text is looked at as a whole.
    private static readonly Shape Fields = new(
        CheckedRule.Shared,
        ("type", CheckedRule.Shared),
        ("name", CheckedRule.Shared),
        ("mcp_server_name", CheckedRule.Shared),
        ("description", CheckedRule.Shared),
        ("input_schema", CheckedRule.Shared),
        ("input_examples", CheckedRule.Shared),
        ("cache_control", CheckedRule.Shared),
        ("allowed_callers", CheckedRule.Shared),
        ("defer_loading", CheckedRule.Shared),
        ("eager_input_streaming", CheckedRule.Shared),
        ("strict", CheckedRule.Shared),
        ("configs", CheckedRule.Shared),
        ("max_characters", CheckedRule.Shared),
        ("display_height_px", CheckedRule.Shared),
        ("display_width_px", CheckedRule.Shared),
        ("display_number", CheckedRule.Shared),
        ("enable_zoom", CheckedRule.Shared));

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.FailKind("an object");
        }

        var start = walk.Position;
        string type = "", name = "", server = "", unknown = "";
        var fields = walk.BeginObject();
        while (walk.NextField(Fields, ref fields, out var field))
        {
            var read = field switch
            {
                0 when walk.Token == JsonTokenType.Null => true,
                0 => ToolDefinitions.TryName(ref walk, out type),
                1 => ToolDefinitions.TryName(ref walk, out name),
                2 => ToolDefinitions.TryName(ref walk, out server),
                _ => walk.Check(out _),
            };
            if (!read)
            {
                return false;
            }

            unknown = field < 0 && unknown.Length == 0 ? walk.Path() : unknown;
        }

        if (walk.Fault is not null)
        {
            return false;
        }

        // The type may come last, so only now is it known whether other fields belong here.
        var isClients = type is "" or "custom" || KnownTools.IsClients(type);
        return isClients && unknown.Length > 0
            ? walk.FailAt(unknown, WireCause.UnknownField, "is a field that this gateway does not know")
            : Add(ref walk, type, name, server, walk.Since(start), isClients);
    }

    private static bool Add(ref JsonWalk walk, string type, string name, string server, ReadOnlyMemory<byte> definition, bool isClients)
    {
        var members = KnownTools.MembersOf(type);
        if (members.Length > 0)
        {
            // The definition counts for each member: a huge one would be read as often.
            if (definition.Length > MaxToolsetBytes)
            {
                return walk.FailKind($"a toolset of at most {MaxToolsetBytes} bytes");
            }

            foreach (var member in members)
            {
                if (!ToolDefinitions.Add(ref walk, member, definition, runByProvider: false))
                {
                    return false;
                }
            }

            return true;
        }

        name = type == McpToolset ? McpToolset + "." + server : name.Length == 0 && !isClients ? type : name;
        return name.Length == 0
            ? walk.Fail(WireCause.MissingField, "has no field 'name'")
            : ToolDefinitions.Add(ref walk, name, definition, runByProvider: !isClients);
    }
}

/// <summary>
/// The array <c>mcp_servers</c>: the provider connects to each server and runs its tools, so each server is an effect that is decided
/// before the call is forwarded. A token in the array is part of the definition and is not content.
/// </summary>
internal sealed class McpServersRule : Rule
{
    private readonly ListRule _list = new(new Item());

    public override bool Read(ref JsonWalk walk) => _list.Read(ref walk);

    private sealed class Item : Rule
    {
        private static readonly Shape Fields = new(
            ("name!", CheckedRule.Shared),
            ("type", CheckedRule.Shared),
            ("url", CheckedRule.Shared),
            ("authorization_token", CheckedRule.Shared),
            ("tool_configuration", CheckedRule.Shared));

        public override bool Read(ref JsonWalk walk)
        {
            if (walk.Token != JsonTokenType.StartObject)
            {
                return walk.FailKind("an object");
            }

            var start = walk.Position;
            var name = "";
            var fields = walk.BeginObject();
            while (walk.NextField(Fields, ref fields, out var field))
            {
                if (!(field == 0 ? ToolDefinitions.TryName(ref walk, out name) : walk.Check(out _)))
                {
                    return false;
                }
            }

            return walk.Fault is null && ToolDefinitions.Add(ref walk, KnownTools.McpServer(name), walk.Since(start), runByProvider: true);
        }
    }
}
