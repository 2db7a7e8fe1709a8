using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream.Resilience;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The configured upstreams in their order. Immutable, thread-safe.</summary>
/// <param name="upstreams">The upstreams.</param>
internal sealed class UpstreamRegistry(ImmutableArray<ModelUpstream> upstreams) : IDisposable
{
    public ImmutableArray<ModelUpstream> All => upstreams;

    /// <summary>The first upstream that serves the model; null when none does.</summary>
    public ModelUpstream? Find(string model) => upstreams.FirstOrDefault(upstream => upstream.PatternOf(model) is not null);

    /// <summary>The upstream that goes by the same name to the same server, however it is described; null where there is none.</summary>
    public GuardedUpstream? FindSame(UpstreamSettings settings) =>
        upstreams.OfType<GuardedUpstream>().FirstOrDefault(upstream => settings.IsSameServerAs(upstream.Settings));

    /// <summary>
    /// Retires the connections that the next configuration does not use. Each closes when the last call over it has ended, so calls
    /// under way, and calls that have yet to be sent from here, are not disturbed.
    /// </summary>
    public void GiveWayTo(UpstreamRegistry next)
    {
        var kept = next.All.OfType<GuardedUpstream>().Select(upstream => upstream.Connections).ToHashSet();
        foreach (var upstream in upstreams.OfType<GuardedUpstream>().Where(upstream => !kept.Contains(upstream.Connections)))
        {
            upstream.Dispose();
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
