using System.Collections.Frozen;
using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The routes of a model's calls.</summary>
/// <param name="Upstream">The upstream.</param>
/// <param name="Provider">Who runs it, as the agreement names providers.</param>
/// <param name="Model">The model as the configuration names it: the name itself, or the pattern that it matches.</param>
internal readonly record struct Route(ModelUpstream Upstream, string Provider, string Model);

/// <summary>Finds the route of a model. Immutable and thread-safe.</summary>
internal sealed class Routes(UpstreamRegistry upstreams, ImmutableArray<UpstreamSettings> settings)
{
    private readonly FrozenDictionary<string, string> _providers = settings.ToFrozenDictionary(
        s => s.Name, s => s.Provider, StringComparer.Ordinal);

    /// <summary>
    /// The routes to the upstreams that serve the model in a family's formats, in the order in which they are tried; empty when none does.
    /// </summary>
    public ImmutableArray<Route> Find(string model, ApiFamily family)
    {
        ImmutableArray<Route> routes = [];
        foreach (var upstream in upstreams.All)
        {
            if (upstream.Speaks(family) && upstream.PatternOf(model) is { } pattern)
            {
                routes = routes.Add(new(upstream, _providers[upstream.Name], pattern.Text));
            }
        }

        return routes;
    }

    /// <summary>Whether an upstream serves the model in whatever format.</summary>
    public bool Knows(string model) => upstreams.Find(model) is not null;
}
