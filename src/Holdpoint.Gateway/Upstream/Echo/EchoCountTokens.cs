using System.Collections.Immutable;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>The echo's count of an Anthropic conversation's tokens, as made up as its usage.</summary>
internal sealed class EchoCountTokens : EchoForm
{
    public override ImmutableArray<byte[]> Answer(UpstreamCall call, DateTimeOffset now) =>
        [EchoJson.Object(json => json.WriteNumber("input_tokens"u8, EchoJson.Tokens(call.Body.Length)))];
}
