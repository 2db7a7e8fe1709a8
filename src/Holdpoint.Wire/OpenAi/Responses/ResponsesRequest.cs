using Holdpoint.Wire.Json;
using static Holdpoint.Wire.OpenAi.SharedFields;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>
/// Every field that a request to <c>/v1/responses</c> may have, and its content. Written against the parameter types of npm <c>openai</c>
/// 6.49.0 and NuGet <c>OpenAI</c> 2.15.0.
/// </summary>
internal static class ResponsesRequest
{
    private static readonly Rule TextFormat = new ObjectRule(new Shape(
        ("type", new SettingRule("text", "json_object", "json_schema")),
        ("name", TextRule.Shared),
        ("description", TextRule.Shared),
        ("schema", AnyJsonRule.Shared),
        ("strict", Setting)));

    private static readonly Rule ToolChoice = new EitherRule(
        text: new SettingRule("none", "auto", "required"),
        thing: new ObjectRule(new Shape(
            ("type", new SettingRule(
                "function", "custom", "allowed_tools", "mcp", "shell", "apply_patch", "file_search", "web_search", "web_search_preview",
                "web_search_preview_2025_03_11", "computer", "computer_use", "computer_use_preview", "image_generation", "code_interpreter",
                "programmatic_tool_calling")),
            ("name", TextRule.Shared),
            ("server_label", TextRule.Shared),
            ("mode", new SettingRule("auto", "required")),
            ("tools", new ListRule(AnyJsonRule.Shared)))));

    private static readonly (string Name, Rule Rule)[] Fields =
    [
        ("model!", new ModelRule()),
        ("input", ResponsesItems.Input),
        ("instructions", TextRule.Shared),
        ("stream", new StreamRule()),
        ("stream_options", StreamOptions),
        ("tools", ResponsesTools.Rule),
        ("tool_choice", ToolChoice),
        ("text", new ObjectRule(new Shape(
            ("format", TextFormat),
            ("verbosity", Verbosity)))),
        ("reasoning", new ObjectRule(new Shape(
            ("effort", Effort),
            ("summary", new SettingRule("auto", "concise", "detailed")),
            ("generate_summary", new SettingRule("auto", "concise", "detailed")),
            ("context", new SettingRule("auto", "current_turn", "all_turns")),
            ("mode", new SettingRule("standard", "pro"))))),
        ("include", new ListRule(new SettingRule(
            "file_search_call.results", "web_search_call.results", "web_search_call.action.sources", "message.input_image.image_url",
            "computer_call_output.output.image_url", "code_interpreter_call.outputs", "reasoning.encrypted_content",
            "message.output_text.logprobs"))),
        ("metadata", Metadata),
        ("user", TextRule.Shared),
        ("safety_identifier", TextRule.Shared),
        ("prompt_cache_key", TextRule.Shared),
        ("prompt_cache_options", CacheOptions),
        ("prompt_cache_retention", CacheRetention),
        ("moderation", Moderation),
        ("service_tier", ServiceTier),
        ("truncation", new SettingRule("auto", "disabled")),
        ("max_output_tokens", Setting),
        ("max_tool_calls", Setting),
        ("parallel_tool_calls", Setting),
        ("temperature", Setting),
        ("top_logprobs", Setting),
        ("top_p", Setting),

        // What the provider keeps, or would keep: a conversation that no one call shows (ADR 0135).
        ("store", new StateRule()),
        ("background", new StateRule()),
        ("previous_response_id", NotInBodyRule.Shared),
        ("conversation", NotInBodyRule.Shared),
        ("prompt", NotInBodyRule.Shared),
        ("context_management", NotInBodyRule.Shared),
    ];

    /// <summary>The rule for a whole request.</summary>
    /// <param name="extraFields">Further top-level fields that the operator's configuration allows.</param>
    public static Rule Rule(IEnumerable<string> extraFields) => Request(Fields, extraFields);
}
