using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Gateway.Upstream;

/// <summary>An answer that adds something to another one: it has the same head, and by default the same body and the same end.</summary>
internal abstract class WrappedAnswer : UpstreamAnswer
{
    /// <param name="inner">The answer that is read. Disposed with this one, unless a subclass leaves that to its caller.</param>
    [SetsRequiredMembers]
    protected WrappedAnswer(UpstreamAnswer inner)
    {
        Inner = inner;
        Kind = inner.Kind;
        Status = inner.Status;
        ContentType = inner.ContentType;
        Headers = inner.Headers;
        Length = inner.Length;
    }

    protected UpstreamAnswer Inner { get; }

    public override ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        Inner.ReadAsync(buffer, cancellationToken);

    public override ValueTask DisposeAsync() => Inner.DisposeAsync();
}
