using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi.Completions;

/// <summary>The content of a whole completion. All strings of fields that are not named here are content to be screened.</summary>
internal static class CompletionsAnswer
{
    private static readonly Rule Choice = new RequiredRule(new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("index", TokenRule.Shared),
        ("finish_reason", new SettingRule("stop", "length", "content_filter")),
        ("text", StringsRule.Unknown))));

    public static Rule Rule { get; } = new RequiredRule(new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("id", TokenRule.Shared),
        ("object", new SettingRule("text_completion")),
        ("created", TokenRule.Shared),
        ("model", AnswerModelRule.Shared),
        ("system_fingerprint", TokenRule.Shared),
        ("usage", StringsRule.Known),
        ("choices!", new RequiredRule(new ListRule(Choice))))));
}
