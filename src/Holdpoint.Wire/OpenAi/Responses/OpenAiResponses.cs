using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>
/// OpenAI's responses, without the state that the provider would keep: every call carries its whole conversation (ADR 0135).
/// </summary>
/// <param name="extraFields">Further top-level fields of requests that the operator allows.</param>
/// <param name="limits">The limits; null for the defaults.</param>
internal sealed class OpenAiResponses(IEnumerable<string>? extraFields = null, WireLimits? limits = null)
    : OpenAiFormat(ResponsesRequest.Rule(extraFields ?? []), ResponsesAnswer.Rule, limits)
{
    public override string Endpoint => "/v1/responses";

    public override AnswerStreamReader OpenStream() => new OpenAiResponsesStream(Limits, sent: null);

    public override AnswerStreamReader OpenStream(Call call) => new OpenAiResponsesStream(Limits, SentIn(call), call.Model);

    public override byte[] WriteStreamError(WireError error) => OpenAiError.WriteTypedEvent(error);

    protected override SentStrings SentIn(Call call) => new(call.Body, conversation: "input");
}
