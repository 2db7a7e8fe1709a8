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
        StringsRule.Unknown,
        ("service_tier", new SettingRule("standard", "priority", "batch")),
        ("speed", new SettingRule("standard", "fast")),
        ("inference_geo", TokenRule.Shared),
        ("cache_creation", StringsRule.Known),
        ("server_tool_use", StringsRule.Known),
        ("output_tokens_details", StringsRule.Known),
        ("iterations", StringsRule.Known),
        ("fallback_credit", StringsRule.Known)));

    /// <summary>A message, whole or at the start of a stream.</summary>
    public static Rule Message { get; } = new RequiredRule(new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("id", TokenRule.Shared),
        ("type", new SettingRule("message")),
        ("role", new SettingRule("assistant")),
        ("model", AnswerModelRule.Shared),
        ("content!", new RequiredRule(new ListRule(AnswerBlockRule.Shared))),
        ("stop_reason", StopReason),
        ("usage", Usage))));
}
