using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>
/// The content of a response, whole or as a stream repeats it. Each field that is named here has its own rule; all strings of any other
/// field are content to be screened.
/// </summary>
internal static class ResponsesAnswer
{
    // What the answer repeats of the request is left out where the request has it, else screened.
    private static readonly Rule Repeated = RepeatedRule.Shared;

    private static readonly Rule Status = new SettingRule("completed", "failed", "in_progress", "cancelled", "queued", "incomplete");

    private static readonly Rule Types = new WordRule(
        "message", "reasoning", "output_text", "refusal", "summary_text", "reasoning_text", "text");

    private static readonly Rule Said = new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("type", Types),
        ("text", StringsRule.Unknown),
        ("refusal", StringsRule.Unknown),
        ("annotations", StringsRule.Known),
        ("logprobs", StringsRule.Known)));

    private static readonly Rule Message = new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("id", TokenRule.Shared),
        ("type", Types),
        ("role", new SettingRule("assistant")),
        ("status", Status),
        ("phase", new SettingRule("commentary", "final_answer")),
        ("content", new ListRule(Said))));

    private static readonly Rule Reasoning = new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("id", NotedTokenRule.Shared),
        ("type", Types),
        ("status", Status),
        ("summary", new ListRule(Said)),
        ("content", new ListRule(Said)),
        ("encrypted_content", SealedAnswerRule.Shared)));

    /// <summary>One part of a message or of a reasoning item.</summary>
    public static Rule Part => Said;

    /// <summary>One item of the output.</summary>
    public static Rule Item { get; } = new ResponsesItemRule(Message, Reasoning);

    /// <summary>The whole response.</summary>
    public static Rule Rule { get; } = new RequiredRule(new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("id", TokenRule.Shared),
        ("object", new SettingRule("response")),
        ("created_at", TokenRule.Shared),
        ("completed_at", TokenRule.Shared),
        ("model", AnswerModelRule.Shared),
        ("status", Status),
        ("output!", new RequiredRule(new ListRule(Item))),
        ("usage", StringsRule.Known),
        ("error", StringsRule.Known),
        ("incomplete_details", new ObjectRule(new Shape(
            StringsRule.Unknown, ("reason", new SettingRule("max_output_tokens", "content_filter"))))),
        ("service_tier", new SettingRule("auto", "default", "flex", "scale", "priority")),
        ("truncation", new SettingRule("auto", "disabled")),
        ("instructions", Repeated),
        ("tools", Repeated),
        ("tool_choice", Repeated),
        ("text", Repeated),
        ("reasoning", Repeated),
        ("metadata", Repeated),
        ("user", Repeated),
        ("safety_identifier", Repeated),
        ("prompt_cache_key", Repeated),
        ("prompt_cache_options", Repeated),
        ("prompt_cache_retention", Repeated),
        ("moderation", Repeated))));
}
