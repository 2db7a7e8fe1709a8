using System.Collections.Frozen;
using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;

namespace Holdpoint.Gateway.Decisions;

/// <summary>Where a model's calls go, and who the agreement says runs it.</summary>
internal sealed record Route(ModelUpstream Upstream, string Provider);

/// <summary>Finds the route of a model. Immutable and thread-safe.</summary>
internal sealed class Routes(UpstreamRegistry upstreams, ImmutableArray<UpstreamSettings> settings)
{
    private readonly FrozenDictionary<ModelUpstream, Route> _routes = upstreams.All
        .ToFrozenDictionary(u => u, u => new Route(u, settings.Single(s => s.Name == u.Name).Provider));

    /// <summary>The route of the first upstream that serves the model; null when none does.</summary>
    public Route? Find(string model) => upstreams.Find(model) is { } upstream ? _routes[upstream] : null;
}
