namespace Holdpoint.Wire.Anthropic;

/// <summary>Anthropic's messages.</summary>
/// <param name="extraFields">Further top-level fields of requests that the operator allows; known fields keep their own rule.</param>
/// <param name="extraBetas">Further betas that the operator allows.</param>
/// <param name="limits">The limits; null for the defaults.</param>
internal sealed class AnthropicMessages(
    IEnumerable<string>? extraFields = null, IEnumerable<string>? extraBetas = null, WireLimits? limits = null)
    : AnthropicFormat(AnthropicRequest.Rule(extraFields ?? []), AnthropicAnswer.Message, extraBetas, limits)
{
    public override string Endpoint => "/v1/messages";
}
