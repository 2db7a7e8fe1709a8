using Holdpoint.Wire.Json;
using static Holdpoint.Wire.OpenAi.SharedFields;

namespace Holdpoint.Wire.OpenAi;

/// <summary>
/// Every field that a request to <c>/v1/chat/completions</c> may have, and its content. Written against the parameter types of npm
/// <c>openai</c> 6.49.0 and NuGet <c>OpenAI</c> 2.15.0, and the fields of earlier answers that their helpers send back (<c>parsed</c>,
/// <c>parsed_arguments</c>, <c>annotations</c>); besides, the sealed thoughts of OpenRouter and of Gemini's endpoint for OpenAI's API.
/// </summary>
internal static class OpenAiChatRequest
{
    private static readonly Rule ContentPart = new ObjectRule(new Shape(
        ("type!", new KindRule(WireCause.UnsupportedContent, "text", "refusal", "image_url", "input_audio", "file")),
        ("text", TextRule.Shared),
        ("refusal", TextRule.Shared),
        ("image_url", new ObjectRule(new Shape(
            ("url!", new DataUrlRule(orBase64: false)),
            ("detail", ImageDetail)))),
        ("input_audio", InputAudio),
        ("file", new ObjectRule(new Shape(
            ("file_data", new DataUrlRule(orBase64: true)),
            ("filename", TextRule.Shared),
            ("file_id", NotInBodyRule.Shared)))),
        ("prompt_cache_breakpoint", CacheBreakpoint)));

    private static readonly Rule Content = new EitherRule(text: TextRule.Shared, array: new ListRule(ContentPart));

    private static readonly Rule Annotation = new ObjectRule(new Shape(
        ("type", new SettingRule("url_citation")),
        ("url_citation", new ObjectRule(new Shape(
            ("start_index", Setting),
            ("end_index", Setting),
            ("title", TextRule.Shared),
            ("url", TextRule.Shared))))));

    // What servers that speak this API seal of a model's thoughts, and clients send back as they got it.
    private static readonly Rule SealedThought = new ObjectRule(new Shape(
        ("google", new ObjectRule(new Shape(("thought_signature", SealedRule.Shared), ("thought", Setting))))));

    private static readonly Rule ReasoningDetail = new ObjectRule(new Shape(
        ("type", new SettingRule("reasoning.text", "reasoning.summary", "reasoning.encrypted")),
        ("text", TextRule.Shared),
        ("summary", TextRule.Shared),
        ("data", SealedRule.Shared),
        ("signature", SealedRule.Shared),
        ("id", TextRule.Shared),
        ("format", TextRule.Shared),
        ("index", Setting)));

    private static readonly Rule EarlierToolCall = new ObjectRule(new Shape(
        ("id", TextRule.Shared),
        ("index", Setting),
        ("type", new KindRule(WireCause.UnsupportedContent, "function", "custom")),
        ("function", new ObjectRule(new Shape(
            ("name", TextRule.Shared),
            ("arguments", TextRule.Shared),
            ("parsed_arguments", AnyJsonRule.Shared)))),
        ("custom", new ObjectRule(new Shape(
            ("name", TextRule.Shared),
            ("input", TextRule.Shared)))),
        ("extra_content", SealedThought)));

    private static readonly Rule Message = new RequiredRule(new ObjectRule(new Shape(
        ("role!", new KindRule(WireCause.InvalidField, "developer", "system", "user", "assistant", "tool", "function")),
        ("content", Content),
        ("name", TextRule.Shared),
        ("refusal", TextRule.Shared),
        ("reasoning_content", TextRule.Shared),
        ("reasoning", TextRule.Shared),
        ("reasoning_details", new ListRule(ReasoningDetail)),
        ("extra_content", SealedThought),
        ("parsed", AnyJsonRule.Shared),
        ("annotations", new ListRule(Annotation)),
        ("audio", NotInBodyRule.Shared),
        ("tool_calls", new ListRule(EarlierToolCall)),
        ("tool_call_id", TextRule.Shared),
        ("function_call", new ObjectRule(new Shape(
            ("name", TextRule.Shared),
            ("arguments", TextRule.Shared)))))));

    private static readonly Rule NameOnly = new ObjectRule(new Shape(("name", TextRule.Shared)));

    private static readonly Rule ToolChoice = new EitherRule(
        text: new SettingRule("none", "auto", "required"),
        thing: new ObjectRule(new Shape(
            ("type", new SettingRule("function", "custom", "allowed_tools")),
            ("function", NameOnly),
            ("custom", NameOnly),
            ("allowed_tools", new ObjectRule(new Shape(
                ("mode", new SettingRule("auto", "required")),
                ("tools", new ListRule(AnyJsonRule.Shared))))))));

    private static readonly Rule ResponseFormat = new ObjectRule(new Shape(
        ("type", new SettingRule("text", "json_object", "json_schema")),
        ("json_schema", new ObjectRule(new Shape(
            ("name", TextRule.Shared),
            ("description", TextRule.Shared),
            ("schema", AnyJsonRule.Shared),
            ("strict", Setting))))));

    // A voice that is an object names one that the provider has stored.
    private static readonly Rule Audio = new ObjectRule(new Shape(
        ("format", new SettingRule("wav", "aac", "mp3", "flac", "opus", "pcm16")),
        ("voice", new EitherRule(
            text: new SettingRule("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"),
            thing: NotInBodyRule.Shared))));

    private static readonly (string Name, Rule Rule)[] Fields =
    [
        ("model!", new ModelRule()),
        ("messages!", new RequiredRule(new ListRule(Message))),
        ("stream", new StreamRule()),
        ("stream_options", StreamOptions),
        ("n", new ChoicesRule()),
        ("tools", new ToolsRule()),
        ("functions", new FunctionsRule()),
        ("web_search_options", new WebSearchRule()),
        ("tool_choice", ToolChoice),
        ("function_call", new EitherRule(text: new SettingRule("none", "auto"), thing: NameOnly)),
        ("response_format", ResponseFormat),
        ("prediction", new ObjectRule(new Shape(
            ("type", new SettingRule("content")),
            ("content", Content)))),
        ("stop", TextOrTexts),
        ("metadata", Metadata),
        ("user", TextRule.Shared),
        ("safety_identifier", TextRule.Shared),
        ("prompt_cache_key", TextRule.Shared),
        ("prompt_cache_options", CacheOptions),
        ("prompt_cache_retention", CacheRetention),
        ("audio", Audio),
        ("modalities", new ListRule(new SettingRule("text", "audio"))),
        ("moderation", Moderation),
        ("logit_bias", LogitBias),
        ("reasoning_effort", Effort),
        ("service_tier", ServiceTier),
        ("verbosity", Verbosity),
        ("frequency_penalty", Setting),
        ("presence_penalty", Setting),
        ("logprobs", Setting),
        ("top_logprobs", Setting),
        ("max_completion_tokens", Setting),
        ("max_tokens", Setting),
        ("parallel_tool_calls", Setting),
        ("seed", Setting),
        ("store", Setting),
        ("temperature", Setting),
        ("top_p", Setting),
    ];

    /// <summary>The rule for a whole request.</summary>
    /// <param name="extraFields">Further top-level fields that the operator's configuration allows.</param>
    public static Rule Rule(IEnumerable<string> extraFields) => Request(Fields, extraFields);
}
