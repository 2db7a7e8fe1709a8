using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The configured upstreams in their order. Immutable, thread-safe.</summary>
/// <param name="upstreams">The upstreams.</param>
/// <param name="timeouts">How long each is waited for.</param>
/// <param name="rule">When each is left alone.</param>
/// <param name="limits">The limits of their answers.</param>
internal sealed class UpstreamRegistry(
    ImmutableArray<ModelUpstream> upstreams, UpstreamTimeouts? timeouts = null, CircuitRule? rule = null, WireLimits? limits = null) : IDisposable
{
    public ImmutableArray<ModelUpstream> All => upstreams;

    /// <summary>The first upstream that serves the model; null when none does.</summary>
    public ModelUpstream? Find(string model) => Matches(model).Select(match => match.Upstream).FirstOrDefault();

    /// <summary>The upstreams that serve the model, in their order, each with the pattern by which it does.</summary>
    public IEnumerable<(ModelUpstream Upstream, ModelPattern Pattern)> Matches(string model)
    {
        foreach (var upstream in upstreams)
        {
            foreach (var pattern in upstream.Models)
            {
                if (pattern.Matches(model))
                {
                    yield return (upstream, pattern);
                    break;
                }
            }
        }
    }

    /// <summary>The upstream that was made from the same settings under the same rules; null where there is none.</summary>
    public GuardedUpstream? FindSame(UpstreamSettings settings, UpstreamTimeouts sameTimeouts, CircuitRule sameRule, WireLimits sameLimits) =>
        timeouts == sameTimeouts && rule == sameRule && limits == sameLimits
            ? upstreams.OfType<GuardedUpstream>().FirstOrDefault(upstream => settings.IsServedBy(upstream.Settings))
            : null;

    /// <summary>Has every upstream read its provider's key again.</summary>
    public void ReadKeysAgain()
    {
        foreach (var upstream in upstreams)
        {
            upstream.ReadKeyAgain();
        }
    }

    public void Dispose()
    {
        foreach (var upstream in upstreams)
        {
            upstream.Dispose();
        }
    }
}
