using System.Collections.Frozen;
using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>Where a model's calls go.</summary>
/// <param name="Upstream">The upstream.</param>
/// <param name="Provider">Who runs it, as the agreement names providers.</param>
/// <param name="Model">The model as the configuration names it: the name itself, or the pattern that it matches.</param>
internal readonly record struct Route(ModelUpstream Upstream, string Provider, string Model);

/// <summary>Finds the route of a model. Immutable and thread-safe.</summary>
internal sealed class Routes(UpstreamRegistry upstreams, ImmutableArray<UpstreamSettings> settings)
{
    private readonly FrozenDictionary<string, string> _providers = settings.ToFrozenDictionary(s => s.Name, s => s.Provider, StringComparer.Ordinal);

    /// <summary>The route of the first upstream that serves the model in a family's formats; null when none does.</summary>
    public Route? Find(string model, ApiFamily family) =>
        upstreams.Match(model, family) is var (upstream, pattern) ? new Route(upstream, _providers[upstream.Name], pattern.Text) : null;

    /// <summary>Whether an upstream serves the model in whatever format.</summary>
    public bool Knows(string model) => upstreams.Match(model) is not null;
}
