using System.Collections.Immutable;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The differences between providers' HTTP APIs: how the key is sent, and how models are listed.</summary>
/// <param name="Family">The wire formats that it understands.</param>
/// <param name="KeyHeader">The header that carries the key.</param>
/// <param name="KeyPrefix">The text before the key in it.</param>
/// <param name="ModelsEndpoint">Where the provider lists its models.</param>
/// <param name="ModelsHeaders">Headers that listing them needs.</param>
internal sealed record ProviderApi(
    ApiFamily Family, string KeyHeader, string KeyPrefix, string ModelsEndpoint, ImmutableArray<ForwardedHeader> ModelsHeaders)
{
    public static ProviderApi OpenAi { get; } = new(ApiFamily.OpenAi, "Authorization", "Bearer ", "/v1/models", []);

    // Without a limit Anthropic lists twenty models; a thousand is the most it allows.
    public static ProviderApi Anthropic { get; } = new(
        ApiFamily.Anthropic, "x-api-key", "", "/v1/models?limit=1000", [new("anthropic-version", "2023-06-01")]);
}
