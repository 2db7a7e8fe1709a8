using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// The content of a whole message. Each field that is named here carries the model's output, or nothing that a model writes; all strings of
/// any other field are content to be screened.
/// </summary>
internal static class AnthropicAnswer
{
    public static Rule StopReason { get; } = new SettingRule(
        "end_turn", "max_tokens", "stop_sequence", "tool_use", "pause_turn", "compaction", "refusal", "model_context_window_exceeded");

    /// <summary>The usage: numbers, under names that the API documents.</summary>
    public static Rule Usage { get; } = new ObjectRule(new Shape(
        StringsRule.Shared,
        ("service_tier", new SettingRule("standard", "priority", "batch")),
        ("speed", new SettingRule("standard", "fast")),
        ("inference_geo", TokenRule.Shared),
        ("cache_creation", StringsRule.Shared),
        ("server_tool_use", StringsRule.Shared),
        ("output_tokens_details", StringsRule.Shared),
        ("iterations", StringsRule.Shared),
        ("fallback_credit", StringsRule.Shared)));

    /// <summary>A message, whole or at the start of a stream.</summary>
    public static Rule Message { get; } = new RequiredRule(new ObjectRule(new Shape(
        StringsRule.Shared,
        ("id", TokenRule.Shared),
        ("type", new SettingRule("message")),
        ("role", new SettingRule("assistant")),
        ("model", AnswerModelRule.Shared),
        ("content!", new RequiredRule(new ListRule(AnswerBlockRule.Shared))),
        ("stop_reason", StopReason),
        ("usage", Usage))));
}
