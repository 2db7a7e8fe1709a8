using System.Diagnostics;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream.Echo;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>Makes the configured upstreams. A new kind is a case here and a class of its own.</summary>
internal static class UpstreamFactory
{
    /// <param name="settings">The configuration.</param>
    /// <param name="limits">The limits of answers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="previous">
    /// The upstreams of the configuration before, at a reload. An upstream at the same address keeps its circuit, its count of calls and
    /// its connections, whatever else about it changed.
    /// </param>
    /// <param name="onChange">Told of a circuit that opens or closes.</param>
    /// <exception cref="GatewayStartException">A key is missing or is not a key.</exception>
    public static UpstreamRegistry Create(
        GatewaySettings settings,
        WireLimits limits,
        TimeProvider time,
        UpstreamRegistry? previous = null,
        Action<string, CircuitState>? onChange = null)
    {
        var timeouts = settings.Limits.Timeouts;
        return new([.. settings.Upstreams.Select(Guarded)]);

        GuardedUpstream Guarded(UpstreamSettings upstream)
        {
            var before = previous?.FindSame(upstream);
            var state = before?.Shared ?? new UpstreamState(upstream.Name, time, onChange);
            return new(Create(upstream, timeouts, limits, time, before?.Connections), upstream, settings.Limits.Circuit, state);
        }
    }

    private static ModelUpstream Create(
        UpstreamSettings settings, UpstreamTimeouts timeouts, WireLimits limits, TimeProvider time, HttpConnections? before)
    {
        return settings.Kind switch
        {
            UpstreamKind.Echo => new EchoUpstream(settings.Name, settings.Models, time),
            UpstreamKind.OpenAi => OverHttp(ProviderApi.OpenAi),
            UpstreamKind.Anthropic => OverHttp(ProviderApi.Anthropic),
            _ => throw new UnreachableException(),
        };

        HttpUpstream OverHttp(ProviderApi api) => new(
            settings.Name,
            settings.Models,
            api,
            settings.Address!,
            KeyOf(settings),
            timeouts,
            limits,
            before?.ConnectTimeout == timeouts.Connect ? before : null);
    }

    /// <summary>The key of an upstream that has one, read now.</summary>
    /// <exception cref="GatewayStartException">The key is missing, cannot be read, or cannot be one.</exception>
    public static ProviderKey KeyOf(UpstreamSettings settings)
    {
        try
        {
            var key = settings.Key!.Read()
                ?? throw new GatewayStartException(
                    $"the key of upstream {settings.Name} is missing: {settings.Key.Place} is not set or empty; put it there");
            return new ProviderKey(key, settings.Key);
        }
        catch (KeyFileOpenException e)
        {
            throw new GatewayStartException($"the key of upstream {settings.Name} ({settings.Key!.Place}): {e.Message}", e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new GatewayStartException(
                $"the key of upstream {settings.Name} cannot be read from {settings.Key!.Place}: {FileFault.Of(e)}; put it there", e);
        }
        catch (ArgumentException e)
        {
            throw new GatewayStartException($"the key of upstream {settings.Name} ({settings.Key!.Place}) cannot be used: {e.Message}", e);
        }
    }
}
