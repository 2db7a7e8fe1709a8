using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// The tools that Anthropic defines and the client runs: their calls arrive as <c>tool_use</c> and are then effects. A tool of any other
/// type is run by the provider, as is a tool of a version newer than this list.
/// </summary>
internal static class KnownTools
{
    // Members as npm @anthropic-ai/sdk 1.11.0 lists them.
    private static readonly FrozenDictionary<string, (string Family, ImmutableArray<string> Members)> Toolsets =
        new Dictionary<string, (string, ImmutableArray<string>)>
        {
            ["browser_toolset_20260801"] = ("browser",
            [
                "navigate", "list_tabs", "new_tab", "switch_tab", "close_tab",
                "read_page", "get_page_text", "read_console", "read_network", "find",
                "form_input", "file_upload", "scroll_to", "screenshot", "zoom", "left_click", "right_click", "middle_click", "double_click",
                "triple_click", "hover", "left_click_drag", "left_mouse_down",
                "left_mouse_up", "mouse_move", "scroll", "type", "key", "hold_key",
                "wait", "javascript_exec",
            ]),
            ["computer_toolset_20260801"] = ("computer",
            [
                "key", "hold_key", "type", "cursor_position", "mouse_move",
                "left_mouse_down", "left_mouse_up", "left_click", "left_click_drag",
                "right_click", "middle_click", "double_click", "triple_click", "scroll", "wait", "screenshot", "zoom",
            ]),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Single = new[]
    {
        "bash_20241022", "bash_20250124", "text_editor_20241022", "text_editor_20250124", "text_editor_20250429", "text_editor_20250728",
        "memory_20250818", "computer_20241022", "computer_20250124", "computer_20251124",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the client runs tools of that type.</summary>
    public static bool IsClients(string type) => Single.Contains(type) || Toolsets.ContainsKey(type);

    /// <summary>
    /// The names by which the tools of a toolset are called and registered, such as <c>browser.navigate</c>; empty for any other type.
    /// </summary>
    public static ImmutableArray<string> MembersOf(string type) =>
        Toolsets.TryGetValue(type, out var toolset) ? [.. toolset.Members.Select(member => Member(toolset.Family, member))] : [];

    /// <summary>Whether there is a toolset whose calls carry that name.</summary>
    public static bool IsFamily(string family) => Toolsets.Values.Any(toolset => toolset.Family == family);

    /// <summary>The name of a toolset's member.</summary>
    public static string Member(string family, string name) => family + "." + name;

    /// <summary>The name that all tools of an MCP server share, because the server's owner decides which tools there are.</summary>
    public static string McpServer(string server) => "mcp." + server;

    /// <summary>
    /// The name of the definition under which the provider runs a tool: one definition of code execution makes three tools.
    /// </summary>
    public static string OfServerTool(string name) =>
        name is "bash_code_execution" or "text_editor_code_execution" ? "code_execution" : name;
}
