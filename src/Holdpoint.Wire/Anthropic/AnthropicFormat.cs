using System.Collections.Frozen;
using System.Collections.Immutable;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>The common base of the endpoints of Anthropic's API.</summary>
/// <param name="request">The table of requests.</param>
/// <param name="answer">The table of whole answers.</param>
/// <param name="extraBetas">Further betas that the operator allows.</param>
/// <param name="limits">The limits; null for the defaults.</param>
internal abstract class AnthropicFormat(Rule request, Rule answer, IEnumerable<string>? extraBetas, WireLimits? limits)
    : JsonFormat(request, answer, limits)
{
    private readonly FrozenSet<string> _extraBetas = (extraBetas ?? []).ToFrozenSet(StringComparer.Ordinal);

    public sealed override ApiFamily Family => ApiFamily.Anthropic;

    public sealed override Fault? ReadHeaders(HeaderValues headers, out ImmutableArray<ForwardedHeader> forwarded) =>
        AnthropicHeaders.Read(headers, _extraBetas, out forwarded);

    public sealed override AnswerStreamReader OpenStream(Call call) => new AnthropicStream(Limits, call.Model);

    public sealed override AnswerStreamReader OpenStream() => new AnthropicStream(Limits);

    public sealed override byte[] WriteError(WireError error) => AnthropicError.Write(error);

    public sealed override byte[] WriteStreamError(WireError error) => AnthropicError.WriteEvent(error);
}
