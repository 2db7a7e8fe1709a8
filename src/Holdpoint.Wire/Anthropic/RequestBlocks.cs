using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// The content blocks of requests, each type with its own fields. Values that only the provider can read (signatures, encrypted results)
/// are opaque values.
/// </summary>
internal static class RequestBlocks
{
    public static Rule CacheControl { get; } = new ObjectRule(new Shape(
        ("type", new SettingRule("ephemeral")),
        ("ttl", new SettingRule("5m", "1h"))));

    private static readonly Rule Setting = new SettingRule();

    private static readonly (string, Rule) Type = ("type", CheckedRule.Shared);

    private static readonly (string, Rule) Cache = ("cache_control", CacheControl);

    private static readonly (string, Rule) Text = ("text", TextRule.Shared);

    private static readonly (string, Rule) ToolUseId = ("tool_use_id", TextRule.Shared);

    private static readonly (string, Rule) FileId = ("file_id", NotInBodyRule.Shared);

    private static readonly (string, Rule) ErrorCode = ("error_code", TextRule.Shared);

    private static readonly (string, Rule) ErrorMessage = ("error_message", TextRule.Shared);

    private static readonly (string, Rule) CitationsSwitch = ("citations", new ObjectRule(new Shape(("enabled", Setting))));

    // Which tool called, for tools that are called by code: a type and an id that the provider gave.
    private static readonly (string, Rule) Caller = ("caller", new ObjectRule(new Shape(
        ("type", new SettingRule("direct", "code_execution_20250825", "code_execution_20260120", "code_execution_20260521")),
        ("tool_id", TextRule.Shared))));

    private static readonly Rule Citation = Typed(
        ("char_location", Cited(
            ("document_index", Setting), ("document_title", TextRule.Shared),
            ("start_char_index", Setting), ("end_char_index", Setting), FileId)),
        ("page_location", Cited(
            ("document_index", Setting), ("document_title", TextRule.Shared),
            ("start_page_number", Setting), ("end_page_number", Setting), FileId)),
        ("content_block_location", Cited(
            ("document_index", Setting), ("document_title", TextRule.Shared),
            ("start_block_index", Setting), ("end_block_index", Setting), FileId)),
        ("search_result_location", Cited(
            ("search_result_index", Setting), ("source", TextRule.Shared), ("title", TextRule.Shared),
            ("start_block_index", Setting), ("end_block_index", Setting))),
        ("web_search_result_location", Cited(
            ("encrypted_index", SealedRule.Shared), ("title", TextRule.Shared), ("url", TextRule.Shared))));

    private static readonly (string Type, Rule Rule) TextBlock = ("text", Fields(Type, Text, ("citations", new ListRule(Citation)), Cache));

    private static readonly (string Type, Rule Rule) ImageBlock = ("image", Fields(
        Type,
        ("source!", new SourceRule(["base64"])),
        ("transformations", new ObjectRule(new Shape(("oversized_image", new SettingRule("downsize", "error"))))),
        Cache));

    private static readonly (string Type, Rule Rule) DocumentBlock = ("document", Fields(
        Type,
        ("source!", new SourceRule(["base64", "text", "content"], Typed(TextBlock, ImageBlock))),
        ("title", TextRule.Shared),
        ("context", TextRule.Shared),
        CitationsSwitch,
        Cache));

    private static readonly (string Type, Rule Rule) SearchResultBlock = ("search_result", Fields(
        Type, ("content", new ListRule(Typed(TextBlock))), ("source", TextRule.Shared),
        ("title", TextRule.Shared), CitationsSwitch, Cache));

    private static readonly (string Type, Rule Rule) ToolReferenceBlock =
        ("tool_reference", Fields(Type, ("tool_name", TextRule.Shared), Cache));

    private static readonly (string Type, Rule Rule) BrowserStateBlock = ("browser_state", Fields(
        Type, ("tabs", AnyJsonRule.Shared), ("state_changes", AnyJsonRule.Shared), Cache));

    private static readonly Rule ToolChange = Typed(
        ("tool_definition", Fields(Type, ("definition!", new AnthropicToolRule()))),
        ("tool_reference", Fields(Type, ("name", TextRule.Shared))),
        ("mcp_tool_reference", Fields(Type, ("name", TextRule.Shared), ("server_name", TextRule.Shared))),
        ("mcp_toolset_reference", Fields(Type, ("server_name", TextRule.Shared))));

    private static readonly (string Type, Rule Rule)[] ToolChangeBlocks =
    [
        ("tool_addition", Fields(Type, ("tool", ToolChange), Cache)),
        ("tool_removal", Fields(Type, ("tool", ToolChange), Cache)),
    ];

    // What an earlier answer told of tools that the provider ran: their calls, and what came of them.
    private static readonly (string Type, Rule Rule)[] ServerToolBlocks =
    [
        ("server_tool_use", Fields(Type, ("id", TextRule.Shared), ("name", TextRule.Shared), ("input", AnyJsonRule.Shared), Caller, Cache)),
        ("web_search_tool_result", Fields(Type, ToolUseId, Caller, Cache, ("content", new EitherRule(
            array: new ListRule(Typed(("web_search_result", Fields(
                Type,
                ("title", TextRule.Shared),
                ("url", TextRule.Shared),
                ("page_age", TextRule.Shared),
                ("encrypted_content", SealedRule.Shared))))),
            thing: Typed(("web_search_tool_result_error", Fields(Type, ErrorCode))))))),
        ("web_fetch_tool_result", Fields(Type, ToolUseId, Caller, Cache, ("content", Typed(
            ("web_fetch_result", Fields(
                Type, ("url", TextRule.Shared), ("retrieved_at", TextRule.Shared), ("content", Typed(DocumentBlock)))),
            ("web_fetch_tool_result_error", Fields(Type, ErrorCode)))))),
        ("code_execution_tool_result", Fields(Type, ToolUseId, Cache, ("content", Typed(
            ("code_execution_result", CodeResult("code_execution_output", "stdout")),
            ("encrypted_code_execution_result", CodeResult("code_execution_output", "encrypted_stdout", SealedRule.Shared)),
            ("code_execution_tool_result_error", Fields(Type, ErrorCode)))))),
        ("bash_code_execution_tool_result", Fields(Type, ToolUseId, Cache, ("content", Typed(
            ("bash_code_execution_result", CodeResult("bash_code_execution_output", "stdout")),
            ("bash_code_execution_tool_result_error", Fields(Type, ErrorCode)))))),
        ("text_editor_code_execution_tool_result", Fields(Type, ToolUseId, Cache, ("content", Typed(
            ("text_editor_code_execution_view_result", Fields(
                Type,
                ("content", TextRule.Shared),
                ("file_type", new SettingRule("text", "image", "pdf")),
                ("num_lines", Setting),
                ("start_line", Setting),
                ("total_lines", Setting))),
            ("text_editor_code_execution_create_result", Fields(Type, ("is_file_update", Setting))),
            ("text_editor_code_execution_str_replace_result", Fields(
                Type,
                ("lines", new ListRule(TextRule.Shared)),
                ("new_lines", Setting),
                ("new_start", Setting),
                ("old_lines", Setting),
                ("old_start", Setting))),
            ("text_editor_code_execution_tool_result_error", Fields(Type, ErrorCode, ErrorMessage)))))),
        ("tool_search_tool_result", Fields(Type, ToolUseId, Cache, ("content", Typed(
            ("tool_search_tool_search_result", Fields(Type, ("tool_references", new ListRule(Typed(ToolReferenceBlock))))),
            ("tool_search_tool_result_error", Fields(Type, ErrorCode, ErrorMessage)))))),
        ("advisor_tool_result", Fields(Type, ToolUseId, Cache, ("content", Typed(
            ("advisor_result", Fields(Type, Text, ("stop_reason", TextRule.Shared))),
            ("advisor_redacted_result", Fields(Type, ("encrypted_content", SealedRule.Shared), ("stop_reason", TextRule.Shared))),
            ("advisor_tool_result_error", Fields(Type, ErrorCode)))))),
        ("mcp_tool_use", Fields(
            Type, ("id", TextRule.Shared), ("name", TextRule.Shared),
            ("server_name", TextRule.Shared), ("input", AnyJsonRule.Shared), Cache)),
        ("mcp_tool_result", Fields(
            Type, ToolUseId, ("content", new EitherRule(text: TextRule.Shared, array: new ListRule(Typed(TextBlock)))),
            ("is_error", Setting), Cache)),
        ("mcp_tool_listing", Fields(Type, ("mcp_server_name", TextRule.Shared), ("tools", new ListRule(AnyJsonRule.Shared)))),
    ];

    private static readonly (string Type, Rule Rule)[] ModelBlocks =
    [
        ("thinking", Fields(Type, ("thinking", TextRule.Shared), ("signature", SealedRule.Shared))),
        ("redacted_thinking", Fields(Type, ("data", SealedRule.Shared))),
        ("tool_use", Fields(
            Type,
            ("id", TextRule.Shared),
            ("name", TextRule.Shared),
            ("input", AnyJsonRule.Shared),
            ("toolset_name", TextRule.Shared),
            Caller,
            Cache)),
        ("compaction", Fields(
            Type,
            ("content", TextRule.Shared),
            ("encrypted_content", SealedRule.Shared),
            ("signature", SealedRule.Shared),
            ("tool_changes", new ListRule(Typed(ToolChangeBlocks))),
            Cache)),
        ("fallback", Fields(
            Type,
            ("from", new ObjectRule(new Shape(("model", TextRule.Shared)))),
            ("to", new ObjectRule(new Shape(("model", TextRule.Shared)))),
            ("trigger", AnyJsonRule.Shared))),
        ("container_upload", Fields(Type, FileId, Cache)),
    ];

    private static readonly (string Type, Rule Rule) ToolResultBlock = ("tool_result", Fields(
        Type,
        ToolUseId,
        ("toolset_name", TextRule.Shared),
        ("is_error", Setting),
        ("content", new EitherRule(
            text: TextRule.Shared,
            array: new ListRule(Typed(TextBlock, ImageBlock, SearchResultBlock, DocumentBlock, ToolReferenceBlock, BrowserStateBlock)))),
        Cache));

    /// <summary>A block of text.</summary>
    public static Rule TextOnly { get; } = Typed(TextBlock);

    /// <summary>Any block that a message may have.</summary>
    public static Rule Any { get; } = Typed(
        [
            TextBlock, ImageBlock, DocumentBlock, SearchResultBlock, ToolResultBlock,
            .. ModelBlocks, .. ServerToolBlocks, .. ToolChangeBlocks]);

    private static TypedRule Typed(params (string Type, Rule Rule)[] types) => new(WireCause.UnsupportedContent, types);

    private static ObjectRule Fields(params (string Name, Rule Rule)[] fields) => new(new Shape(fields));

    private static ObjectRule Cited(params (string Name, Rule Rule)[] fields) => Fields([Type, ("cited_text", TextRule.Shared), .. fields]);

    private static ObjectRule CodeResult(string outputType, string output, Rule? rule = null) => Fields(
        Type,
        ("content", new ListRule(Typed((outputType, Fields(Type, FileId))))),
        ("return_code", Setting),
        ("stderr", TextRule.Shared),
        (output, rule ?? TextRule.Shared));
}
