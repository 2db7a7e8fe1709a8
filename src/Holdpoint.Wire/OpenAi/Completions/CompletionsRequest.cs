using Holdpoint.Wire.Json;
using static Holdpoint.Wire.OpenAi.SharedFields;

namespace Holdpoint.Wire.OpenAi.Completions;

/// <summary>
/// Every field that a request to <c>/v1/completions</c> may have, and its content. Written against the parameter types of npm <c>openai</c>
/// 6.49.0.
/// </summary>
internal static class CompletionsRequest
{
    private static readonly (string Name, Rule Rule)[] Fields =
    [
        ("model!", new ModelRule()),
        ("prompt", new PromptRule()),
        ("suffix", TextRule.Shared),
        ("stop", TextOrTexts),
        ("stream", new StreamRule()),
        ("stream_options", StreamOptions),
        ("n", new ChoicesRule()),
        ("user", TextRule.Shared),
        ("logit_bias", LogitBias),
        ("best_of", Setting),
        ("echo", Setting),
        ("frequency_penalty", Setting),
        ("logprobs", Setting),
        ("max_tokens", Setting),
        ("presence_penalty", Setting),
        ("seed", Setting),
        ("temperature", Setting),
        ("top_p", Setting),
    ];

    /// <summary>The rule for a whole request.</summary>
    /// <param name="extraFields">Further top-level fields that the operator's configuration allows.</param>
    public static Rule Rule(IEnumerable<string> extraFields) => Request(Fields, extraFields);
}
