using Holdpoint.Wire.Json;
using static Holdpoint.Wire.OpenAi.SharedFields;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>The kinds of content that an input item may have.</summary>
internal static class ResponsesContent
{
    // What a citation names was read by the provider in an earlier answer; here it is only mentioned.
    private static readonly Rule Annotation = new ObjectRule(new Shape(
        ("type", new SettingRule("file_citation", "url_citation", "container_file_citation", "file_path")),
        ("start_index", Setting),
        ("end_index", Setting),
        ("index", Setting),
        ("title", TextRule.Shared),
        ("url", TextRule.Shared),
        ("filename", TextRule.Shared),
        ("file_id", TextRule.Shared),
        ("container_id", TextRule.Shared)));

    private static readonly Rule Text = new ObjectRule(new Shape(
        ("type", CheckedRule.Shared),
        ("text", TextRule.Shared),
        ("annotations", new ListRule(Annotation)),
        ("logprobs", AnyJsonRule.Shared),
        ("parsed", AnyJsonRule.Shared),
        ("prompt_cache_breakpoint", CacheBreakpoint)));

    /// <summary>A picture of a screen, as a computer tool's result.</summary>
    public static Rule Screenshot { get; } = new ObjectRule(new Shape(
        ("type", new SettingRule("computer_screenshot")),
        ("image_url", new DataUrlRule(orBase64: false)),
        ("file_id", NotInBodyRule.Shared),
        ("detail", ImageDetail)));

    private static readonly Rule Part = new TypedRule(
        WireCause.UnsupportedContent,
        ("input_text", Text),
        ("output_text", Text),
        ("text", Text),
        ("summary_text", Text),
        ("reasoning_text", Text),
        ("refusal", new ObjectRule(new Shape(
            ("type", CheckedRule.Shared),
            ("refusal", TextRule.Shared)))),
        ("input_image", new ObjectRule(new Shape(
            ("type", CheckedRule.Shared),
            ("image_url", new DataUrlRule(orBase64: false)),
            ("file_id", NotInBodyRule.Shared),
            ("detail", ImageDetail),
            ("prompt_cache_breakpoint", CacheBreakpoint)))),
        ("input_file", new ObjectRule(new Shape(
            ("type", CheckedRule.Shared),
            ("file_data", new DataUrlRule(orBase64: true)),
            ("file_id", NotInBodyRule.Shared),
            ("file_url", NotInBodyRule.Shared),
            ("filename", TextRule.Shared),
            ("detail", ImageDetail),
            ("prompt_cache_breakpoint", CacheBreakpoint)))),
        ("input_audio", new ObjectRule(new Shape(
            ("type", CheckedRule.Shared),
            ("input_audio", InputAudio)))),
        ("computer_screenshot", Screenshot));

    public static Rule Parts { get; } = new ListRule(Part);

    public static Rule TextOrParts { get; } = new EitherRule(text: TextRule.Shared, array: Parts);
}
