using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// Counts the tokens of a conversation. The provider gets the conversation as it would for an answer, so the request is read and decided
/// like one for an answer.
/// </summary>
/// <param name="extraFields">Further top-level fields of requests that the operator allows.</param>
/// <param name="extraBetas">Further betas that the operator allows.</param>
/// <param name="limits">The limits; null for the defaults.</param>
internal sealed class AnthropicCountTokens(
    IEnumerable<string>? extraFields = null, IEnumerable<string>? extraBetas = null, WireLimits? limits = null)
    : AnthropicFormat(AnthropicRequest.Rule(extraFields ?? []), Count, extraBetas, limits)
{
    private static readonly Rule Count = new RequiredRule(new ObjectRule(
        new Shape(StringsRule.Unknown, ("input_tokens!", StringsRule.Known))));

    public override string Endpoint => "/v1/messages/count_tokens";
}
