using System.Text;
using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// A content block of an answer. A block that calls a tool, whoever runs the tool, is a tool call; of any other block, all strings are
/// parts. A block with an <c>input</c> is a tool call whatever its type: new types appear faster than readers learn them.
/// </summary>
internal sealed class AnswerBlockRule : Rule
{
    private static readonly Rule Caller = new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("type", new SettingRule("direct", "code_execution_20250825", "code_execution_20260120", "code_execution_20260521")),
        ("tool_id", TokenRule.Shared)));

    private static readonly Shape Fields = new(
        StringsRule.Unknown,
        ("type", CheckedRule.Shared),
        ("name", CheckedRule.Shared),
        ("input", CheckedRule.Shared),
        ("server_name", CheckedRule.Shared),
        ("toolset_name", CheckedRule.Shared),
        ("id", TokenRule.Shared),
        ("tool_use_id", TokenRule.Shared),
        ("caller", Caller),
        ("citations", StringsRule.Known),
        ("signature", SealedAnswerRule.Shared),
        ("data", SealedAnswerRule.Shared),
        ("encrypted_content", SealedAnswerRule.Shared));

    // Blocks that are not tool calls; any other type is a word of the provider's, which is screened.
    private static readonly Rule KnownTypes = new SettingRule(
        "text", "thinking", "redacted_thinking", "web_search_tool_result", "web_fetch_tool_result", "code_execution_tool_result",
        "bash_code_execution_tool_result", "text_editor_code_execution_tool_result", "tool_search_tool_result", "advisor_tool_result",
        "mcp_tool_result", "mcp_tool_listing", "compaction", "fallback", "tool_use", "server_tool_use", "mcp_tool_use");

    public static AnswerBlockRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.FailKind("an object");
        }

        var path = walk.Path();
        string type = "", id = "", name = "", server = "", toolset = "";
        ReadOnlyMemory<byte>? input = null;
        var fields = walk.BeginObject();
        while (walk.NextField(Fields, ref fields, out var field))
        {
            bool read;
            switch (field)
            {
                case 0:
                    read = ToolCalls.TryString(ref walk, out type) && KnownTypes.Read(ref walk);
                    break;
                case 1:
                    read = ToolCalls.TryString(ref walk, out name);
                    break;
                case 2:
                    read = walk.Check(out var raw);
                    input = raw;
                    break;
                case 3:
                    read = ToolCalls.TryString(ref walk, out server);
                    break;
                case 4:
                    read = ToolCalls.TryString(ref walk, out toolset);
                    break;
                case 5:
                    read = (walk.Token != JsonTokenType.String || ToolCalls.TryString(ref walk, out id)) && TokenRule.Shared.Read(ref walk);
                    break;
                default:
                    read = (field < 0 ? Fields.Others! : Fields[field]).Read(ref walk);
                    break;
            }

            if (!read)
            {
                return false;
            }
        }

        if (walk.Fault is not null)
        {
            return false;
        }

        if (input is null && !type.EndsWith("tool_use", StringComparison.Ordinal))
        {
            return Add(ref walk, path, "name", name) && Add(ref walk, path, "server_name", server)
                && Add(ref walk, path, "toolset_name", toolset);
        }

        return name.Length == 0
            ? walk.Fail(WireCause.MissingField, "is a tool call without a name")
            : ToolCalls.Add(ref walk, Of(path, id, type, name, server, toolset, input ?? "{}"u8.ToArray()));
    }

    private static ToolCall Of(
        string path, string id, string type, string name, string server, string toolset, ReadOnlyMemory<byte> input) => type switch
    {
        "mcp_tool_use" => new ToolCall(
            path, id, KnownTools.Member(KnownTools.McpServer(server), name), input) { DefinedAs = KnownTools.McpServer(server) },
        "server_tool_use" => new ToolCall(path, id, name, input) { DefinedAs = KnownTools.OfServerTool(name) },
        _ when toolset.Length == 0 => new ToolCall(path, id, name, input),

        // A member of a toolset that nobody knows must not find the definition of another tool by chance.
        _ => new ToolCall(path, id, KnownTools.Member(toolset, name), input)
        {
            DefinedAs = KnownTools.IsFamily(toolset) ? KnownTools.Member(toolset, name) : "",
        },
    };

    private static bool Add(ref JsonWalk walk, string path, string field, string text) =>
        text.Length == 0 || walk.AddAt($"{path}/{field}", PartKind.Text, Encoding.UTF8.GetBytes(text));
}
