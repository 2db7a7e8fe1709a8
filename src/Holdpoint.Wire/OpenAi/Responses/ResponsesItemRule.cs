using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>
/// One item of a response's output. Messages, reasoning, compactions and tool results are text; every other item is an action, and so a
/// tool call, even where its type is not known.
/// </summary>
/// <param name="message">The rule of messages.</param>
/// <param name="reasoning">The rule of reasoning items.</param>
internal sealed class ResponsesItemRule(Rule message, Rule reasoning) : Rule
{
    private static readonly Rule Types = new WordRule("function_call", "custom_tool_call", "compaction");

    private static readonly Shape Call = new(
        StringsRule.Unknown,
        ("name", CheckedRule.Shared),
        ("namespace", CheckedRule.Shared),
        ("arguments", CheckedRule.Shared),
        ("input", CheckedRule.Shared),
        ("call_id", CheckedRule.Shared),
        ("id", TokenRule.Shared),
        ("type", Types),
        ("status", new SettingRule("in_progress", "completed", "incomplete")));

    private static readonly Rule Folded = new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("id", TokenRule.Shared),
        ("type", Types),
        ("encrypted_content", SealedAnswerRule.Shared)));

    private static readonly Shape Image = new(StringsRule.Unknown, ("result", Base64Rule.Raw));

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.FailKind("an object");
        }

        var type = walk.Peek("type"u8);
        return type switch
        {
            null => walk.Fail(WireCause.MissingField, "has no field 'type'"),
            "message" => (walk.Says("content") || walk.NoteField("id")) && message.Read(ref walk),
            "reasoning" => reasoning.Read(ref walk),
            "function_call" or "custom_tool_call" => ReadCall(ref walk),
            "compaction" => Folded.Read(ref walk),
            "image_generation_call" => walk.NoteField("id") && ReadImage(ref walk),
            "mcp_list_tools" or "tool_search_output" or "additional_tools" or "program_output" => StringsRule.Known.Read(ref walk),
            _ when type.EndsWith("_call_output", StringComparison.Ordinal) => StringsRule.Known.Read(ref walk),
            "mcp_call" or "mcp_approval_request" => ReadServerCall(ref walk),
            _ => ReadItem(ref walk, NameOf(type)),
        };
    }

    // The name under which the request's definition of the tool is known.
    private static string NameOf(string type) =>
        type == "program" ? "programmatic_tool_calling"
        : type.EndsWith("_call", StringComparison.Ordinal) ? type[..^"_call".Length] : type;

    /// <summary>Reads a call of a server's tool: one definition offers all tools of a server.</summary>
    private static bool ReadServerCall(ref JsonWalk walk)
    {
        var server = ResponsesTools.NameOfServer(walk.Peek("server_label"u8));
        return ReadItem(ref walk, ResponsesTools.NameIn(server, walk.Peek("name"u8) ?? ""), server);
    }

    private static bool ReadCall(ref JsonWalk walk)
    {
        string name = "", space = "", id = "";
        ReadOnlyMemory<byte> arguments = default;
        var texts = 0;
        var fields = walk.BeginObject();
        while (walk.NextField(Call, ref fields, out var field))
        {
            var read = field switch
            {
                0 => ToolCalls.TryString(ref walk, out name),
                1 => ToolCalls.TryString(ref walk, out space),
                2 or 3 when walk.Token == JsonTokenType.Null => true,
                2 or 3 when ++texts > 1 => walk.Fail(WireCause.InvalidField, "is a second text of one tool call"),
                2 or 3 => walk.Token == JsonTokenType.String ? walk.TryText(out arguments) : walk.Check(out arguments),
                4 => ToolCalls.TryId(ref walk, out id),
                _ => (field < 0 ? Call.Others! : Call[field]).Read(ref walk),
            };
            if (!read)
            {
                return false;
            }
        }

        return walk.Fault is null
            && (name.Length > 0 || walk.Fail(WireCause.MissingField, "has no name"))
            && ToolCalls.Add(ref walk, new ToolCall(walk.Path(), id, ResponsesTools.NameIn(space, name), arguments));
    }

    // What a later request may name of such an item: its id, its container, and the seal of a program.
    private static bool ReadItem(ref JsonWalk walk, string name, string? definedAs = null) =>
        walk.NoteField("id") && walk.NoteField("container_id") && walk.NoteField("fingerprint")
        && walk.Check(out var item)
        && ToolCalls.Add(ref walk, new ToolCall(walk.Path(), Id: null, name, item) { IsItem = true, DefinedAs = definedAs ?? name });

    /// <summary>Reads an image item: the picture is opaque, and megabytes; the rest of the item is the action.</summary>
    private static bool ReadImage(ref JsonWalk walk)
    {
        var strings = new System.Buffers.ArrayBufferWriter<byte>();
        var fields = walk.BeginObject();
        while (walk.NextField(Image, ref fields, out var field))
        {
            if (!(field == 0 ? Image[0].Read(ref walk) : walk.Gather(strings, ReadNames.All)))
            {
                return false;
            }
        }

        return walk.Fault is null
            && ToolCalls.Add(ref walk, new ToolCall(walk.Path(), Id: null, "image_generation", strings.WrittenMemory) { IsItem = true });
    }
}
