using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Hosting;

/// <summary>
/// Limits who may connect, and how many at once. Without TLS, only trusted proxies may connect from other machines: keys travel in the
/// clear between them and the gateway. Thread-safe.
/// </summary>
/// <param name="most">Most connections; a request on one more gets a 503.</param>
/// <param name="only">Whose connections are taken; empty for everybody's.</param>
internal sealed class ConnectionLimit(int most, ImmutableArray<IPNetwork> only)
{
    /// <summary>The number of connections beyond the limit that are answered with a 503; connections beyond these are closed.</summary>
    public const int Spare = 256;

    private static readonly object IsOver = new OverLimit();
    private int _open;

    /// <summary>Connections open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>The step of each connection, before TLS.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        if (!only.IsEmpty && !IsTrusted(connection.RemoteEndPoint))
        {
            connection.Abort();
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _open) > most)
            {
                connection.Features.Set((OverLimit)IsOver);
            }

            await next(connection);
        }
        catch (NotSupportedException)
        {
            // What does not begin with TLS where TLS is spoken: no certificate was asked for then, and the server would log a stranger's
            // every such connection as an error of ours. It just closes.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    };

    /// <summary>The step of each request: 503 where its connection is one too many.</summary>
    public static Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<OverLimit>() is null)
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "1";
        if (HttpProtocol.IsHttp11(http.Request.Protocol))
        {
            http.Response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }

    private bool IsTrusted(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return only.Any(network => network.Contains(address));
    }

    /// <summary>Marks a connection that came when there were enough.</summary>
    private sealed class OverLimit;
}
