namespace Holdpoint.Wire.OpenAi;

/// <summary>OpenAI's chat completions.</summary>
/// <param name="extraFields">Further top-level fields of requests that the operator allows.</param>
/// <param name="limits">The limits; null for the defaults.</param>
internal sealed class OpenAiChat(IEnumerable<string>? extraFields = null, WireLimits? limits = null)
    : OpenAiFormat(OpenAiChatRequest.Rule(extraFields ?? []), OpenAiChatAnswer.Rule, limits)
{
    public override string Endpoint => "/v1/chat/completions";

    public override AnswerStreamReader OpenStream(Call call) => new OpenAiChatStream(Limits, call.Model);

    public override AnswerStreamReader OpenStream() => new OpenAiChatStream(Limits);
}
