using Holdpoint.Wire.Json;
using static Holdpoint.Wire.OpenAi.SharedFields;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>
/// Every item that the input may hold, by its type: messages, calls and results of tools, reasoning. These are the items that the official
/// clients can send, and the items of an answer that clients send back unchanged.
/// </summary>
internal static class ResponsesItems
{
    private static readonly Rule Text = TextRule.Shared;

    private static readonly Rule Reasoning = Kept(
        Present.Said, ["encrypted_content", "content"],
        ("summary", ResponsesContent.Parts),
        ("content", ResponsesContent.Parts),
        ("encrypted_content", SealedRule.Shared));

    private static readonly Rule Image = Kept(
        Present.Said, ["result"],
        ("result", Base64Rule.Shared),
        ("revised_prompt", Text),
        ("action", new SettingRule("generate", "edit", "auto")),
        ("background", new SettingRule("transparent", "opaque", "auto")),
        ("output_format", new SettingRule("png", "webp", "jpeg")),
        ("quality", new SettingRule("low", "medium", "high", "auto")),
        ("size", new SettingRule("1024x1024", "1024x1536", "1536x1024", "auto")));

    private static readonly Rule ComputerAction = new ObjectRule(new Shape(
        ("type", new SettingRule("click", "double_click", "drag", "keypress", "move", "screenshot", "scroll", "type", "wait")),
        ("button", new SettingRule("left", "right", "wheel", "back", "forward")),
        ("x", Setting),
        ("y", Setting),
        ("scroll_x", Setting),
        ("scroll_y", Setting),
        ("keys", Texts),
        ("text", Text),
        ("path", new ListRule(new ObjectRule(new Shape(("x", Setting), ("y", Setting)))))));

    private static readonly Rule SafetyChecks = new ListRule(new ObjectRule(new Shape(
        ("id", Text),
        ("code", Text),
        ("message", Text))));

    private static readonly Rule ToolOutput = Whole(Present.Given, ["output"], ("call_id", Text), ("output", ResponsesContent.TextOrParts));

    private static readonly TypedRule Types = new(
        WireCause.UnsupportedContent,
        ("message", new MessageRule(
            ("role!", new KindRule(WireCause.InvalidField, "user", "assistant", "system", "developer")),
            ("content", ResponsesContent.TextOrParts),
            ("phase", new SettingRule("commentary", "final_answer")))),
        ("reasoning", Reasoning),
        ("function_call", Whole(
            Present.Said, ["name", "arguments"],
            ("call_id", Text),
            ("name", Text),
            ("namespace", Text),
            ("arguments", Text),
            ("parsed_arguments", AnyJsonRule.Shared))),
        ("function_call_output", ToolOutput),
        ("custom_tool_call", Whole(
            Present.Said, ["name", "input"],
            ("call_id", Text),
            ("name", Text),
            ("namespace", Text),
            ("input", Text))),
        ("custom_tool_call_output", ToolOutput),
        ("file_search_call", Kept(
            Present.Said, ["queries", "results"],
            ("queries", Texts),
            ("results", new ListRule(new ObjectRule(new Shape(
                ("file_id", Text),
                ("vector_store_id", Text),
                ("filename", Text),
                ("score", Setting),
                ("text", Text),
                ("attributes", LogitBias))))))),
        // Some clients know no more of it than its id, which is noted.
        ("web_search_call", Kept(
            Present.Given, ["id"],
            ("action", new ObjectRule(new Shape(
                ("type", new SettingRule("search", "open_page", "find_in_page", "find")),
                ("query", Text),
                ("queries", Texts),
                ("sources", new ListRule(AnyJsonRule.Shared)),
                ("url", Text),
                ("pattern", Text)))),
            ("results", AnyJsonRule.Shared))),
        ("computer_call", Whole(
            Present.Given, ["action", "actions"],
            ("call_id", Text),
            ("action", ComputerAction),
            ("actions", new ListRule(ComputerAction)),
            ("pending_safety_checks", SafetyChecks))),
        ("computer_call_output", Whole(
            Present.Given, ["output"],
            ("call_id", Text),
            ("output", ResponsesContent.Screenshot),
            ("acknowledged_safety_checks", SafetyChecks))),
        ("code_interpreter_call", Kept(
            Present.Given, ["code", "outputs"],
            ("code", Text),
            ("container_id", ReferenceRule.Shared),
            ("outputs", new ListRule(new ObjectRule(new Shape(
                ("type", new SettingRule("logs", "image")),
                ("logs", Text),
                ("url", new DataUrlRule(orBase64: false)))))))),
        ("image_generation_call", Image),
        ("local_shell_call", Whole(
            Present.Given, ["action"],
            ("call_id", Text),
            ("action", new ObjectRule(new Shape(
                ("type", new SettingRule("exec")),
                ("command", Texts),
                ("env", Metadata),
                ("timeout_ms", Setting),
                ("user", Text),
                ("working_directory", Text)))))),
        ("local_shell_call_output", Whole(Present.Given, ["output"], ("call_id", Text), ("output", Text))),
        ("shell_call", Whole(
            Present.Given, ["action"],
            ("call_id", Text),
            ("environment", new EnvironmentRule()),
            ("action", new ObjectRule(new Shape(
                ("commands", Texts),
                ("max_output_length", Setting),
                ("timeout_ms", Setting)))))),
        ("shell_call_output", Whole(
            Present.Given, ["output"],
            ("call_id", Text),
            ("max_output_length", Setting),
            ("output", new ListRule(new ObjectRule(new Shape(
                ("stdout", Text),
                ("stderr", Text),
                ("created_by", Text),
                ("outcome", new ObjectRule(new Shape(
                    ("type", new SettingRule("exit", "timeout")),
                    ("exit_code", Setting)))))))))),
        ("apply_patch_call", Whole(
            Present.Given, ["operation"],
            ("call_id", Text),
            ("operation", new ObjectRule(new Shape(
                ("type", new SettingRule("create_file", "delete_file", "update_file")),
                ("path", Text),
                ("diff", Text)))))),
        ("apply_patch_call_output", Item(("call_id", Text), ("output", Text))),
        ("mcp_list_tools", Whole(
            Present.Said, ["tools", "error"],
            ("server_label", Text), ("tools", AnyJsonRule.Shared), ("error", AnyJsonRule.Shared))),
        ("mcp_approval_request", new ApprovalRequestRule()),
        ("mcp_approval_response", new ApprovalResponseRule()),
        ("mcp_call", Whole(
            Present.Said, ["name"],
            ("server_label", Text),
            ("name", Text),
            ("arguments", Text),
            ("approval_request_id", Text),
            ("output", Text),
            ("error", AnyJsonRule.Shared))),
        ("tool_search_call", Whole(
            Present.Given, ["arguments"],
            ("call_id", Text), ("arguments", AnyJsonRule.Shared), ("execution", new SettingRule("server", "client")))),
        ("tool_search_output", Whole(
            Present.Given, ["tools"],
            ("call_id", Text), ("tools", ResponsesTools.Rule), ("execution", new SettingRule("server", "client")))),
        ("additional_tools", Item(("role", new SettingRule("developer")), ("tools", ResponsesTools.Rule))),
        ("program", Whole(
            Present.Said, ["code"], ("call_id", Text), ("code", Text), ("fingerprint", SealedRule.Shared))),
        ("program_output", Whole(Present.Given, ["result"], ("call_id", Text), ("result", Text))),

        // A conversation that the provider keeps, or has folded into something that it alone can read.
        ("item_reference", NotInBodyRule.Shared),
        ("compaction", NotInBodyRule.Shared),
        ("compaction_trigger", NotInBodyRule.Shared));

    /// <summary>A text, or a list of items.</summary>
    public static Rule Input { get; } = new EitherRule(text: Text, array: new ListRule(new ItemRule()));

    /// <summary>An item that shows all that there is, and is only a reference without one of those fields.</summary>
    private static SelfContainedRule Whole(Present present, string[] fields, params (string Name, Rule Rule)[] more) =>
        new(ItemShapes.Of(Text, more), present, fields);

    /// <summary>An item of which the provider keeps more than it shows, so that its id is noted.</summary>
    private static SelfContainedRule Kept(Present present, string[] fields, params (string Name, Rule Rule)[] more) =>
        new(ItemShapes.Of(ReferenceRule.Shared, more), present, fields);

    private static ObjectRule Item(params (string Name, Rule Rule)[] fields) => ItemShapes.Of(Text, fields);

    /// <summary>
    /// An item with a type, or a message with a role and no type. An item with neither is the id of an item that the provider keeps.
    /// </summary>
    private sealed class ItemRule : Rule
    {
        public override bool Read(ref JsonWalk walk)
        {
            if (walk.Token != System.Text.Json.JsonTokenType.StartObject)
            {
                return walk.FailKind("an object");
            }

            var type = walk.Peek("type"u8) ?? (walk.Peek("role"u8) is null ? "item_reference" : "message");
            return Types.ReadAs(type, ref walk);
        }
    }
}
