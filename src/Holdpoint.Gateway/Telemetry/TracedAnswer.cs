using System.Diagnostics.CodeAnalysis;
using Holdpoint.Gateway.Upstream;

namespace Holdpoint.Gateway.Telemetry;

/// <summary>An answer whose span ends with it.</summary>
internal sealed class TracedAnswer : UpstreamAnswer
{
    private readonly UpstreamAnswer _answer;
    private readonly ModelSpan _span;

    [SetsRequiredMembers]
    public TracedAnswer(UpstreamAnswer answer, ModelSpan span)
    {
        _answer = answer;
        _span = span;
        (Kind, Status, ContentType, Headers, Length) = (answer.Kind, answer.Status, answer.ContentType, answer.Headers, answer.Length);
    }

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await _answer.ReadAsync(buffer, cancellationToken);
        if (read.Count > 0)
        {
            _span.OnChunk(buffer.Span[..read.Count]);
        }
        else
        {
            _span.End(read.Fault?.Cause);
        }

        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        await _answer.DisposeAsync();

        // Not read to its end: the client left, or the agreement ended it.
        _span.End(ModelSpan.Cancelled);
    }
}
