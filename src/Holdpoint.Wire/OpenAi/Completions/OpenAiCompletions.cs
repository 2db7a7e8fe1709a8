namespace Holdpoint.Wire.OpenAi.Completions;

/// <summary>OpenAI's completions of a text.</summary>
/// <param name="extraFields">Further top-level fields of requests that the operator allows.</param>
/// <param name="limits">The limits; null for the defaults.</param>
internal sealed class OpenAiCompletions(IEnumerable<string>? extraFields = null, WireLimits? limits = null)
    : OpenAiFormat(CompletionsRequest.Rule(extraFields ?? []), CompletionsAnswer.Rule, limits)
{
    public override string Endpoint => "/v1/completions";

    public override AnswerStreamReader OpenStream(Call call) => new OpenAiCompletionsStream(Limits, call.Model);

    public override AnswerStreamReader OpenStream() => new OpenAiCompletionsStream(Limits);
}
