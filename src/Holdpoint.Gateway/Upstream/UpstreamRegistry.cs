using System.Collections.Immutable;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The configured upstreams in their order. Immutable, thread-safe.</summary>
internal sealed class UpstreamRegistry(ImmutableArray<ModelUpstream> upstreams) : IDisposable
{
    public ImmutableArray<ModelUpstream> All => upstreams;

    /// <summary>The first upstream that serves the model; null when none does.</summary>
    public ModelUpstream? Find(string model) => Match(model)?.Upstream;

    /// <summary>The first upstream that serves the model, and the pattern by which it does; null when none does.</summary>
    public (ModelUpstream Upstream, ModelPattern Pattern)? Match(string model)
    {
        foreach (var upstream in upstreams)
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
