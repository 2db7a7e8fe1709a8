using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Gateway.Upstream.Care;

/// <summary>An answer that holds its upstream's place until it is disposed.</summary>
internal sealed class PlacedAnswer : UpstreamAnswer
{
    private readonly UpstreamAnswer _answer;
    private readonly Place _place;

    [SetsRequiredMembers]
    public PlacedAnswer(UpstreamAnswer answer, Place place)
    {
        _answer = answer;
        _place = place;
        (Kind, Status, ContentType, Headers, Length) = (answer.Kind, answer.Status, answer.ContentType, answer.Headers, answer.Length);
    }

    public override ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _answer.ReadAsync(buffer, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _answer.DisposeAsync();
        _place.Dispose();
    }
}
