using System.Net;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>
/// A body that is sent only when the test says so. The request asks first whether it may come (<c>Expect: 100-continue</c>), and the
/// server says so when somebody reads it: by then the client is identified.
/// </summary>
internal sealed class LateContent : HttpContent
{
    private readonly byte[] _body;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LateContent(byte[] body)
    {
        _body = body;
        Headers.ContentType = new("application/json");
    }

    /// <summary>Completes when the server waits for the body.</summary>
    public Task Asked => _asked.Task;

    public void GoOn() => _goOn.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _asked.TrySetResult();
        await _goOn.Task;
        await stream.WriteAsync(_body);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
