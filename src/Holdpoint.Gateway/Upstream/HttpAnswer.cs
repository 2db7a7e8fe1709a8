namespace Holdpoint.Gateway.Upstream;

/// <summary>An answer that arrives over HTTP. It owns the response and the deadline.</summary>
/// <param name="response">The response whose head was read.</param>
/// <param name="deadline">The call's deadline, paused; null when the caller's token has a limit of its own.</param>
/// <param name="betweenBytes">How long a read may take.</param>
/// <param name="maxBytes">Longest body.</param>
/// <param name="connections">What the answer's end is told to; null when the caller tells it.</param>
internal sealed class HttpAnswer(
    HttpResponseMessage response, Deadline? deadline, TimeSpan betweenBytes, long maxBytes, HttpConnections? connections = null)
    : UpstreamAnswer
{
    private readonly Stream _body = response.Content.ReadAsStream(CancellationToken.None);
    private long _received;
    private bool _isDisposed;

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var reading = _body.ReadAsync(buffer, deadline?.Token ?? cancellationToken);

            // Bytes that are already here need no timer, and a slow client is not the upstream's fault.
            var waits = !reading.IsCompleted;
            if (waits)
            {
                deadline?.Set(betweenBytes);
            }

            var count = await reading.ConfigureAwait(false);
            if (waits)
            {
                deadline?.Pause();
            }

            _received += count;
            return _received > maxBytes ? new BodyRead(0, UpstreamFaults.TooLarge) : new BodyRead(count);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            deadline?.ThrowIfCallerLeft();
            return new BodyRead(0, UpstreamFaults.Of(e));
        }
    }

    public override ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            response.Dispose();
            deadline?.Dispose();
            connections?.Leave();
        }

        return default;
    }
}
