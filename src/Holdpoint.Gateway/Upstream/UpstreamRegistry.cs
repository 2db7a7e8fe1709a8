using System.Collections.Immutable;
using Holdpoint.Gateway.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The configured upstreams in their order. Immutable, thread-safe.</summary>
internal sealed class UpstreamRegistry(ImmutableArray<ModelUpstream> upstreams) : IDisposable
{
    public ImmutableArray<ModelUpstream> All => upstreams;

    /// <summary>The first upstream that serves the model; null when none does.</summary>
    public ModelUpstream? Find(string model) => Match(model)?.Upstream;

    /// <summary>The first upstream that serves the model, and the pattern by which it does; null when none does.</summary>
    public (ModelUpstream Upstream, ModelPattern Pattern)? Match(string model) => Match(model, static _ => true);

    /// <summary>The same among the upstreams that speak a family's formats.</summary>
    public (ModelUpstream Upstream, ModelPattern Pattern)? Match(string model, ApiFamily family) =>
        Match(model, upstream => upstream.Speaks(family));

    private (ModelUpstream Upstream, ModelPattern Pattern)? Match(string model, Func<ModelUpstream, bool> isAllowed)
    {
        foreach (var upstream in upstreams.Where(isAllowed))
        {
            foreach (var pattern in upstream.Models)
            {
                if (pattern.Matches(model))
                {
                    return (upstream, pattern);
                }
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var upstream in upstreams)
        {
            upstream.Dispose();
        }
    }
}
