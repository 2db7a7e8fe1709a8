using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>An answer that holds its upstream's slot until it is disposed.</summary>
[method: SetsRequiredMembers]
internal sealed class SlotAnswer(UpstreamAnswer inner, Slot slot) : WrappedAnswer(inner)
{
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        slot.Dispose();
    }
}
