using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>
/// The tools of a request: functions and custom tools, alone or in a namespace, and any other type as a tool that the provider runs or that
/// the API has built in. Such other tools are decided as effects before the call is forwarded, under <see cref="NameOfType"/>.
/// </summary>
internal static class ResponsesTools
{
    private static readonly Shape Function = new(
        ("type!", CheckedRule.Shared),
        ("name!", CheckedRule.Shared),
        ("description", CheckedRule.Shared),
        ("parameters", CheckedRule.Shared),
        ("strict", CheckedRule.Shared),
        ("output_schema", CheckedRule.Shared),
        ("allowed_callers", CheckedRule.Shared),
        ("defer_loading", CheckedRule.Shared));

    private static readonly Shape Custom = new(
        ("type!", CheckedRule.Shared),
        ("name!", CheckedRule.Shared),
        ("description", CheckedRule.Shared),
        ("format", CheckedRule.Shared),
        ("allowed_callers", CheckedRule.Shared),
        ("defer_loading", CheckedRule.Shared));

    private static readonly Shape Other = new(CheckedRule.Shared, ("type!", CheckedRule.Shared));

    private static readonly Rule InNamespace = new ListRule(new ToolRule(isNested: true));

    private static readonly Shape Namespace = new(
        ("type!", CheckedRule.Shared),
        ("name!", CheckedRule.Shared),
        ("description", CheckedRule.Shared),
        ("tools!", InNamespace));

    /// <summary>The array of definitions.</summary>
    public static Rule Rule { get; } = new ListRule(new ToolRule(isNested: false));

    /// <summary>
    /// The name under which an agreement registers a built-in tool: its type, without the date or stage of its version, so that the tool's
    /// items in an answer have the same name.
    /// </summary>
    public static string NameOfType(string type) =>
        type.StartsWith("web_search", StringComparison.Ordinal) ? "web_search"
        : type.StartsWith("computer", StringComparison.Ordinal) ? "computer"
        : type;

    /// <summary>The name of the tools of one MCP server.</summary>
    public static string NameOfServer(string? label) => "mcp." + label;

    /// <summary>The name of a tool, inside or outside a namespace.</summary>
    public static string NameIn(string? space, string name) => string.IsNullOrEmpty(space) ? name : $"{space}.{name}";

    private sealed class ToolRule(bool isNested) : Rule
    {
        public override bool Read(ref JsonWalk walk)
        {
            if (walk.Token != JsonTokenType.StartObject)
            {
                return walk.FailKind("an object");
            }

            var type = walk.Peek("type"u8);
            return type switch
            {
                "function" => ReadOurs(ref walk, Function),
                "custom" => ReadOurs(ref walk, Custom),
                "namespace" when !isNested => ReadNamespace(ref walk),
                _ when isNested => walk.Fail(WireCause.UnsupportedContent, "is a tool of a type that has no place in a namespace"),
                null => walk.Fail(WireCause.MissingField, "has no field 'type'"),
                "mcp" => ReadOther(ref walk, NameOfServer(walk.Peek("server_label"u8))),
                _ => ReadOther(ref walk, NameOfType(type)),
            };
        }

        private static bool ReadOurs(ref JsonWalk walk, Shape shape)
        {
            var start = walk.Position;
            return TryShape(ref walk, shape, out var name)
                && ToolDefinitions.Add(ref walk, NameIn(walk.Harvest.Namespace, name), walk.Since(start), runByProvider: false);
        }

        private static bool ReadOther(ref JsonWalk walk, string name)
        {
            var start = walk.Position;
            return walk.ReadObject(Other)
                && (name.Length is > 0 and <= ToolDefinitions.MaxNameBytes || walk.FailKind(
                    $"a tool whose type has 1 to {ToolDefinitions.MaxNameBytes} characters"))
                && ToolDefinitions.Add(ref walk, name, walk.Since(start), runByProvider: true);
        }

        /// <summary>Reads a namespace, which counts as a definition too: its description reaches the model like any other.</summary>
        private static bool ReadNamespace(ref JsonWalk walk)
        {
            var start = walk.Position;
            walk.Harvest.Namespace = walk.Peek("name"u8);
            var read = TryShape(ref walk, Namespace, out var name);
            walk.Harvest.Namespace = null;
            return read && ToolDefinitions.Add(ref walk, name, walk.Since(start), runByProvider: false);
        }

        private static bool TryShape(ref JsonWalk walk, Shape shape, out string name)
        {
            name = "";
            var fields = walk.BeginObject();
            while (walk.NextField(shape, ref fields, out var field))
            {
                if (!(field == 1 ? ToolDefinitions.TryName(ref walk, out name) : shape[field].Read(ref walk)))
                {
                    return false;
                }
            }

            return walk.Fault is null;
        }
    }
}
