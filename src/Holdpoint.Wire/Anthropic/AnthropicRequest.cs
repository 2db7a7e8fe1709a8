using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// Every field that a request to <c>/v1/messages</c> or <c>/v1/messages/count_tokens</c> may have, and its content. Written against the
/// parameter types of npm <c>@anthropic-ai/sdk</c> 1.11.0, its beta namespace included, and the sampling settings that clients of version
/// 2023-06-01 send.
/// </summary>
internal static class AnthropicRequest
{
    private static readonly Rule Setting = new SettingRule();

    private static readonly Rule Effort = new SettingRule("low", "medium", "high", "xhigh", "max");

    private static readonly Rule Message = new RequiredRule(new ObjectRule(new Shape(
        ("role!", new KindRule(WireCause.InvalidField, "user", "assistant", "system")),
        ("content", new EitherRule(text: TextRule.Shared, array: new ListRule(RequestBlocks.Any))),
        ("output_config", new ObjectRule(new Shape(("effort", Effort)))),
        ("clear_at", new SettingRule("next_user_message", "never")))));

    private static readonly Rule OutputFormat = new ObjectRule(new Shape(
        ("type", new SettingRule("json_schema")),
        ("schema", AnyJsonRule.Shared)));

    private static readonly Rule Thinking = new ObjectRule(new Shape(
        ("type", new SettingRule("enabled", "disabled", "adaptive", "between_tools")),
        ("budget_tokens", Setting),
        ("display", new SettingRule("summarized", "omitted", "updates")),
        ("block_binding", new ObjectRule(new Shape(("prefix_mismatch_behavior", new SettingRule("error", "drop_block")))))));

    private static readonly Rule Amount = new EitherRule(
        text: new SettingRule("all"),
        thing: new ObjectRule(new Shape(
            ("type", new SettingRule("input_tokens", "tool_uses", "thinking_turns", "all")),
            ("value", Setting))));

    // What the provider takes out of the conversation, or sums up, before the model reads it: nothing is added.
    private static readonly Rule ContextManagement = new ObjectRule(new Shape(
        ("edits", new ListRule(new ObjectRule(new Shape(
            ("type", new SettingRule("clear_tool_uses_20250919", "clear_thinking_20251015", "compact_20260112")),
            ("keep", Amount),
            ("trigger", Amount),
            ("clear_at_least", Amount),
            ("clear_tool_inputs", AnyJsonRule.Shared),
            ("exclude_tools", new ListRule(TextRule.Shared)),
            ("instructions", TextRule.Shared),
            ("pause_after_compaction", Setting)))))));

    private static readonly (string Name, Rule Rule)[] Fields =
    [
        ("model!", new ModelRule()),
        ("messages!", new RequiredRule(new ListRule(Message))),
        ("max_tokens", Setting),
        ("system", new EitherRule(text: TextRule.Shared, array: new ListRule(RequestBlocks.TextOnly))),
        ("stream", new StreamRule()),
        ("tools", new AnthropicToolsRule()),
        ("mcp_servers", new McpServersRule()),
        ("tool_choice", new ObjectRule(new Shape(
            ("type", new SettingRule("auto", "any", "tool", "none")),
            ("name", TextRule.Shared),
            ("disable_parallel_tool_use", Setting)))),
        ("thinking", Thinking),
        ("output_config", new ObjectRule(new Shape(
            ("effort", Effort),
            ("format", OutputFormat),
            ("task_budget", new ObjectRule(new Shape(
                ("type", new SettingRule("tokens")),
                ("total", Setting),
                ("remaining", Setting))))))),
        ("output_format", OutputFormat),
        ("stop_sequences", new ListRule(TextRule.Shared)),
        ("metadata", new ObjectRule(new Shape(("user_id", TextRule.Shared)))),
        ("cache_control", RequestBlocks.CacheControl),
        ("context_management", ContextManagement),
        ("compaction", new ObjectRule(new Shape(
            ("type", new SettingRule("summarize")),
            ("instructions", TextRule.Shared)))),
        ("diagnostics", new ObjectRule(new Shape(("previous_message_id", TextRule.Shared)))),
        ("service_tier", new SettingRule("auto", "standard_only")),
        ("speed", new SettingRule("standard", "fast")),
        ("inference_geo", new SettingRule("global", "us", "eu")),
        ("billing_policy", new ObjectRule(new Shape(
            ("type", new SettingRule("billing_policy")),
            ("bill_to", new SettingRule("self", "user_profile"))))),
        ("fallback_credit_token", new EitherRule(text: TextRule.Shared, thing: new ObjectRule(new Shape(
            ("token", TextRule.Shared),
            ("mode", new SettingRule("strict", "best_effort")))))),
        ("temperature", Setting),
        ("top_k", Setting),
        ("top_p", Setting),

        // What these name is not in the body: a container with its files and skills, a conversation that the provider has kept.
        ("container", NotInBodyRule.Shared),
        ("thread", new RefusedRule(
            WireCause.StoredState, "asks the provider to keep or to continue a conversation; what it keeps could come back unscreened")),
        ("fallbacks", new RefusedRule(
            WireCause.UnsupportedContent, "would send the conversation to another model than the one that is decided on")),
    ];

    /// <summary>The rule for a whole request.</summary>
    /// <param name="extraFields">
    /// Further top-level fields that the operator allows, for every format; fields that this format knows keep their rule. The content of
    /// the further fields is read as text.
    /// </param>
    public static Rule Rule(IEnumerable<string> extraFields)
    {
        var known = Fields.Select(field => field.Name.TrimEnd('!')).ToHashSet(StringComparer.Ordinal);
        return new RequiredRule(new ObjectRule(new Shape(
            [.. Fields, .. extraFields.Where(known.Add).Select(name => (name, (Rule)AnyJsonRule.Shared))])));
    }
}

/// <summary>A value that may only be null, with the reason for refusing any other.</summary>
internal sealed class RefusedRule(string cause, string why) : Rule
{
    public override bool Read(ref JsonWalk walk) => walk.Token == System.Text.Json.JsonTokenType.Null || walk.Fail(cause, why);
}
