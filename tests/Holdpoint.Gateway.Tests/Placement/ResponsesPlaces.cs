namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>Where content can be in a request for a response.</summary>
internal static class ResponsesPlaces
{
    public static IReadOnlyList<Place> All { get; } =
    [
        new("/v1/responses", """{"model":"echo","input":"§"}""", "/input"),
        new(
            "/v1/responses",
            """{"model":"echo","input":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"§"}]}""",
            "/input/2/content"),
        Item("""{"role":"system","content":"§"}""", "content"),
        Item("""{"role":"developer","content":"§"}""", "content"),
        Item("""{"role":"user","content":"§"}""", "content"),
        Item(
            """{"type":"message","role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_text","text":"§"}]}""",
            "content/1/text"),
        Item("""{"type":"message","role":"assistant","content":[{"type":"output_text","text":"§"}]}""", "content/0/text"),
        Item("""{"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"§"}]}""", "content/0/refusal"),
        Item("""{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a","annotations":["""
            + """{"type":"url_citation","title":"§","url":"u"}]}]}""", "content/0/annotations/0/title"),
        Item("""{"role":"user","content":[{"type":"input_file","filename":"§","file_data":"AAEC"}]}""", "content/0/filename"),
        Item("""{"type":"reasoning","summary":[{"type":"summary_text","text":"§"}]}""", "summary/0/text"),
        Item("""{"type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"§"}]}""", "content/0/text"),
        Item("""{"type":"function_call","call_id":"c","name":"f","arguments":"{\"q\":\"§\"}"}""", "arguments"),
        Item("""{"type":"function_call_output","call_id":"c","output":"§"}""", "output"),
        Item("""{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"§"}]}""", "output/0/text"),
        Item("""{"type":"custom_tool_call","call_id":"c","name":"f","input":"§"}""", "input"),
        Item("""{"type":"custom_tool_call_output","call_id":"c","output":"§"}""", "output"),
        Item("""{"type":"file_search_call","queries":["§"]}""", "queries/0"),
        Item("""{"type":"file_search_call","queries":[],"results":[{"text":"§"}]}""", "results/0/text"),
        Item("""{"type":"web_search_call","action":{"type":"search","query":"§"}}""", "action/query"),
        Item("""{"type":"computer_call","call_id":"c","action":{"type":"type","text":"§"},"pending_safety_checks":[]}""", "action/text"),
        Item(
            """{"type":"computer_call","call_id":"c","action":{"type":"wait"},"pending_safety_checks":[{"id":"i","message":"§"}]}""",
            "pending_safety_checks/0/message"),
        Item("""{"type":"code_interpreter_call","code":"§"}""", "code"),
        Item(
            """{"type":"code_interpreter_call","code":"x","outputs":[{"type":"logs","logs":"§"}]}""",
            "outputs/0/logs"),
        Item("""{"type":"local_shell_call","call_id":"c","action":{"type":"exec","command":["echo","§"],"env":{}}}""", "action/command/1"),
        Item("""{"type":"local_shell_call_output","id":"c","output":"§"}""", "output"),
        Item("""{"type":"shell_call","call_id":"c","action":{"commands":["§"]}}""", "action/commands/0"),
        Item(
            """{"type":"shell_call_output","call_id":"c","output":[{"stdout":"§","stderr":"","outcome":{"type":"exit","exit_code":0}}]}""",
            "output/0/stdout"),
        Item(
            """{"type":"shell_call_output","call_id":"c","output":[{"stdout":"","stderr":"§","outcome":{"type":"timeout"}}]}""",
            "output/0/stderr"),
        Item(
            """{"type":"apply_patch_call","call_id":"c","status":"completed","operation":{"type":"update_file","path":"p","diff":"§"}}""",
            "operation/diff"),
        Item("""{"type":"apply_patch_call_output","call_id":"c","status":"failed","output":"§"}""", "output"),
        Item("""{"type":"mcp_list_tools","id":"m","server_label":"l","tools":[{"name":"n","description":"§"}]}""", "tools"),
        Item("""{"type":"mcp_approval_request","server_label":"l","name":"n","arguments":"§"}""", "arguments"),
        Item("""{"type":"mcp_call","id":"m","server_label":"l","name":"n","arguments":"§"}""", "arguments"),
        Item("""{"type":"mcp_call","id":"m","server_label":"l","name":"n","arguments":"{}","output":"§"}""", "output"),
        Item("""{"type":"tool_search_call","arguments":{"q":"§"}}""", "arguments"),
        Item("""{"type":"program","id":"p","call_id":"c","code":"§"}""", "code"),
        Item("""{"type":"program_output","id":"p","call_id":"c","result":"§","status":"completed"}""", "result"),
        Field("\"instructions\":\"§\"", "/instructions"),
        Field("\"metadata\":{\"k\":\"§\"}", "/metadata/k"),
        Field("\"user\":\"§\"", "/user"),
        Field("\"safety_identifier\":\"§\"", "/safety_identifier"),
        Field("\"prompt_cache_key\":\"§\"", "/prompt_cache_key"),
        Field("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{\"description\":\"§\"}}}", "/text/format/schema"),
        Field(
            "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"description\":\"§\",\"schema\":{}}}",
            "/text/format/description"),
        Field("\"reasoning\":{\"effort\":\"§\"}", "/reasoning/effort"),
        Field("\"include\":[\"§\"]", "/include/0"),
        Field("\"tool_choice\":{\"type\":\"function\",\"name\":\"§\"}", "/tool_choice/name"),
    ];

    /// <summary>Among items, not the last.</summary>
    private static Place Item(string item, string path) => new(
        "/v1/responses",
        "{\"model\":\"echo\",\"input\":[{\"role\":\"user\",\"content\":\"a\"}," + item + ",{\"role\":\"user\",\"content\":\"b\"}]}",
        "/input/1/" + path);

    private static Place Field(string field, string path) =>
        new("/v1/responses", "{\"model\":\"echo\",\"input\":\"a\"," + field + "}", path);
}
