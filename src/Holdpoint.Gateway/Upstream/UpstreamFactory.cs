using System.Diagnostics;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream.Echo;
using Holdpoint.Gateway.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>Makes the configured upstreams. A new kind is a case here and a class beside.</summary>
internal static class UpstreamFactory
{
    /// <exception cref="GatewayStartException">A key is missing or no key.</exception>
    public static UpstreamRegistry Create(GatewaySettings settings, WireLimits limits, TimeProvider time)
    {
        var timeouts = UpstreamTimeouts.Default with { FirstByte = settings.Limits.FirstByte, BetweenBytes = settings.Limits.BetweenBytes };
        return new([.. settings.Upstreams.Select(upstream => Create(upstream, timeouts, limits, time))]);
    }

    private static ProviderApi ApiOf(UpstreamKind kind) => kind switch
    {
        UpstreamKind.OpenAi => ProviderApi.OpenAi,
        UpstreamKind.Anthropic => ProviderApi.Anthropic,
        _ => throw new UnreachableException(),
    };

    private static ModelUpstream Create(UpstreamSettings settings, UpstreamTimeouts timeouts, WireLimits limits, TimeProvider time)
    {
        if (settings.Kind == UpstreamKind.Echo)
        {
            return new EchoUpstream(settings.Name, settings.Models, time);
        }

        var key = settings.Key!.Read()
            ?? throw new GatewayStartException($"the key of upstream {settings.Name} is missing: {settings.Key.Place} is not set or empty");
        try
        {
            return new HttpUpstream(settings.Name, settings.Models, ApiOf(settings.Kind), settings.Address!, key, timeouts, limits);
        }
        catch (ArgumentException e)
        {
            throw new GatewayStartException($"the key of upstream {settings.Name} ({settings.Key.Place}) cannot be used: {e.Message}", e);
        }
    }
}
