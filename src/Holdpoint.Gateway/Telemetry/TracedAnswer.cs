using System.Diagnostics.CodeAnalysis;
using Holdpoint.Gateway.Upstream;

namespace Holdpoint.Gateway.Telemetry;

/// <summary>An answer whose span ends with it.</summary>
[method: SetsRequiredMembers]
internal sealed class TracedAnswer(UpstreamAnswer inner, ModelSpan span) : WrappedAnswer(inner)
{
    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        if (read.Count > 0)
        {
            span.OnChunk(buffer.Span[..read.Count]);
        }
        else
        {
            span.End(read.Fault?.Cause);
        }

        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();

        // Not read to its end: the client left, or the agreement ended it.
        span.End(ModelSpan.Cancelled);
    }
}
