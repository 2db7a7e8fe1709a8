using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>An answer that holds its upstream's slot until it is disposed.</summary>
internal sealed class SlotAnswer : UpstreamAnswer
{
    private readonly UpstreamAnswer _answer;
    private readonly Slot _slot;

    [SetsRequiredMembers]
    public SlotAnswer(UpstreamAnswer answer, Slot slot)
    {
        _answer = answer;
        _slot = slot;
        (Kind, Status, ContentType, Headers, Length) = (answer.Kind, answer.Status, answer.ContentType, answer.Headers, answer.Length);
    }

    public override ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _answer.ReadAsync(buffer, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _answer.DisposeAsync();
        _slot.Dispose();
    }
}
