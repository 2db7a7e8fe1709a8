using System.Net;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// The open connections to one provider. They outlive a reload that leaves the address as it is; when a later configuration no longer
/// uses them, they close as soon as the last call over them has ended. Thread-safe.
/// </summary>
/// <param name="connectTimeout">How long connecting may take, TLS included.</param>
internal sealed class HttpConnections(TimeSpan connectTimeout)
{
    private readonly Lock _lock = new();
    private HttpMessageInvoker? _http;
    private int _calls;
    private bool _isRetired;

    public TimeSpan ConnectTimeout => connectTimeout;

    /// <summary>
    /// Begins a call; <see cref="Leave"/> ends it, once. A call that began under an old configuration can come here after the retirement:
    /// it gets connections too, and they close with it.
    /// </summary>
    public HttpMessageInvoker Enter()
    {
        lock (_lock)
        {
            _calls++;
            return _http ??= new HttpMessageInvoker(Handler(connectTimeout));
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _calls--;
            CloseIfUnused();
        }
    }

    /// <summary>No later configuration uses these connections.</summary>
    public void Retire()
    {
        lock (_lock)
        {
            _isRetired = true;
            CloseIfUnused();
        }
    }

    /// <summary>The connection pool's settings.</summary>
    internal static SocketsHttpHandler Handler(TimeSpan connectTimeout) => new()
    {
        // What the platform would do unasked, and what each would cost: a redirect sends the prompt (and elsewhere the key) to whoever
        // the answer names; a cookie links clients; a proxy from the environment reads everything; decompression lets 1 KB become 1 GB.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        Credentials = null,
        ActivityHeadersPropagator = null,

        ConnectTimeout = connectTimeout,

        // Below the 60 to 75 s after which common servers close an idle connection, so that we seldom write into one that is closing.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),

        // So that a change of the provider's DNS is seen.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),

        // Calls are counted before they come here (limits and upstreams[].connections), so none ever waits for a connection.
        MaxConnectionsPerServer = int.MaxValue,

        // In KiB: what Kestrel and most servers allow for headers.
        MaxResponseHeadersLength = 32,
        MaxResponseDrainSize = 0,
    };

    private void CloseIfUnused()
    {
        if (_isRetired && _calls == 0)
        {
            _http?.Dispose();
            _http = null;
        }
    }
}
