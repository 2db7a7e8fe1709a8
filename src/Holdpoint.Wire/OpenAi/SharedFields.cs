using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi;

/// <summary>Fields that requests of several of OpenAI's endpoints have.</summary>
internal static class SharedFields
{
    public static Rule Setting { get; } = new SettingRule();

    public static Rule Effort { get; } = new SettingRule("none", "minimal", "low", "medium", "high", "xhigh", "max");

    public static Rule ServiceTier { get; } = new SettingRule("auto", "default", "flex", "scale", "priority");

    public static Rule Verbosity { get; } = new SettingRule("low", "medium", "high");

    public static Rule ImageDetail { get; } = new SettingRule("auto", "low", "high", "original");

    public static Rule CacheBreakpoint { get; } = new ObjectRule(new Shape(("mode", new SettingRule("explicit"))));

    public static Rule CacheOptions { get; } = new ObjectRule(new Shape(
        ("mode", new SettingRule("implicit", "explicit")),
        ("ttl", new SettingRule("30m"))));

    public static Rule CacheRetention { get; } = new SettingRule("in_memory", "in-memory", "24h");

    public static Rule Moderation { get; } = new ObjectRule(new Shape(
        ("model", new SettingRule("omni-moderation-latest")),
        ("policy", new ObjectRule(new Shape(
            ("input", new ObjectRule(new Shape(("mode", new SettingRule("score", "block"))))),
            ("output", new ObjectRule(new Shape(("mode", new SettingRule("score", "block"))))))))));

    public static Rule InputAudio { get; } = new ObjectRule(new Shape(
        ("data!", Base64Rule.Shared),
        ("format", new SettingRule("wav", "mp3"))));

    public static Rule Texts { get; } = new ListRule(TextRule.Shared);

    public static Rule TextOrTexts { get; } = new EitherRule(text: TextRule.Shared, array: Texts);

    public static Rule Metadata { get; } = new MapRule(TextRule.Shared);

    public static Rule LogitBias { get; } = new MapRule(Setting);

    public static Rule StreamOptions { get; } = new ObjectRule(new Shape(
        ("include_usage", new IncludeUsageRule()),
        ("include_obfuscation", Setting)));

    /// <summary>The rule for a whole request of one endpoint.</summary>
    /// <param name="fields">The endpoint's own fields.</param>
    /// <param name="extraFields">
    /// Further top-level fields that the operator's configuration allows, at any endpoint. Their content is read as text, so nothing relies
    /// on a promise that such a field carries no content. A field that the endpoint already has keeps its own rule.
    /// </param>
    public static Rule Request((string Name, Rule Rule)[] fields, IEnumerable<string> extraFields)
    {
        var known = fields.Select(field => field.Name.TrimEnd('!')).ToHashSet(StringComparer.Ordinal);
        return new RequiredRule(new ObjectRule(new Shape(
            [.. fields, .. extraFields.Where(known.Add).Select(name => (name, (Rule)AnyJsonRule.Shared))])));
    }
}
