using System.Globalization;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>Writes every reply of the gateway itself, and the head of every answer that is an upstream's.</summary>
internal static class Reply
{
    private const string Json = "application/json";

    /// <summary>
    /// The most that is written at once. 64 KiB: the server copies what is written and waits for the client from there on, so that a slow
    /// one costs no second copy of a large answer.
    /// </summary>
    private const int WriteBytes = 64 * 1024;

    /// <summary>Tells a caller whom nobody knows, in the shape of the endpoint.</summary>
    public static Task UnauthorizedAsync(HttpContext http, Surface surface, WireFormat wire)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorAsync(http, WireError.Of(surface.Stranger), surface, wire);
    }

    /// <summary>Writes an error that has no verdict.</summary>
    public static Task ErrorAsync(HttpContext http, WireError error, Surface surface, WireFormat wire)
    {
        var (contentType, body) = surface.Write(error, wire);
        if (surface.IsPlainText)
        {
            http.Response.Headers.CacheControl = "no-store";
        }

        return WriteAsync(http, error.Status, contentType, body);
    }

    /// <summary>Writes an answer of the gateway itself.</summary>
    public static async Task OwnAsync(Exchange exchange, Ending.Replied reply)
    {
        var headers = exchange.Http.Response.Headers;
        if (reply.Record is { } record)
        {
            SetVerdict(headers, "permit", record, exchange.Active.Bundle.Agreement.Bundle.ToString());
        }

        if (reply.IsPrivate)
        {
            headers.CacheControl = "no-store";
        }

        try
        {
            await WriteAsync(exchange.Http, reply.Status, Json, reply.Body);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client left. What it was to be told is recorded.
        }
    }

    /// <summary>Refuses: as a response, or, once the first byte of a stream has left, as the format's error event.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="error">What the client is told, or less of it where the configuration says so.</param>
    /// <param name="retryAfter">When it makes sense to try again; null where that is not known.</param>
    public static async Task RefuseAsync(Exchange exchange, WireError error, TimeSpan? retryAfter = null)
    {
        var http = exchange.Http;
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (exchange.Active.Settings.IsTerse)
        {
            error = TerseCauses.Of(error, exchange.Surface);
        }

        try
        {
            if (http.Response.HasStarted && exchange.Surface.IsPlainText)
            {
                // Nothing may be added to the bytes of a tile or a record: a client must see that they are not whole.
                http.Abort();
                return;
            }

            if (http.Response.HasStarted)
            {
                await http.Response.BodyWriter.WriteAsync(exchange.Wire.WriteStreamError(error), http.RequestAborted);
                return;
            }

            SetRetryAfter(http, retryAfter);
            if (error.Status == StatusCodes.Status401Unauthorized)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer"; // RFC 9110, 15.5.2: a 401 says how to authenticate
            }

            if (error.Detail is { } detail)
            {
                SetVerdict(http.Response.Headers, detail.Verdict, detail.Record, detail.Bundle);
            }

            // The length of an answer that was begun and then refused before its first byte is not the refusal's.
            http.Response.ContentLength = null;
            await ErrorAsync(http, error, exchange.Surface, exchange.Wire);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client left while it was being told. What it was to be told is recorded.
        }
    }

    /// <summary>
    /// Tells a client whose stream has begun, and now waits for people, that the connection lives: a comment, which no client reads.
    /// </summary>
    public static async ValueTask BeatAsync(Exchange exchange)
    {
        if (exchange.Http.Response.HasStarted)
        {
            await exchange.Http.Response.BodyWriter.WriteAsync(": waiting for approval\n\n"u8.ToArray(), exchange.Http.RequestAborted);
        }
    }

    /// <summary>
    /// Sets the head of an answer that is the upstream's; nothing leaves before the first byte of its body. Of a stream that goes on after
    /// people have approved it, the head has left before.
    /// </summary>
    /// <param name="exchange">The request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="decision">Index of the record that permits the call.</param>
    public static void Begin(Exchange exchange, UpstreamAnswer answer, long decision)
    {
        var response = exchange.Http.Response;
        if (response.HasStarted)
        {
            return;
        }

        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        SetVerdict(response.Headers, "permit", decision, exchange.Active.Bundle.Agreement.Bundle.ToString());
    }

    /// <summary>Writes an answer of the upstream's that is there in one piece.</summary>
    public static async Task WholeAsync(
        Exchange exchange, UpstreamAnswer answer, long decision, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Begin(exchange, answer, decision);
        exchange.Http.Response.ContentLength = body.Length;
        for (; body.Length > WriteBytes; body = body[WriteBytes..])
        {
            await exchange.Http.Response.BodyWriter.WriteAsync(body[..WriteBytes], cancellationToken);
        }

        await exchange.Http.Response.BodyWriter.WriteAsync(body, cancellationToken);
    }

    /// <summary>Says when it makes sense to try again, where that is known.</summary>
    public static void SetRetryAfter(HttpContext http, TimeSpan? wait)
    {
        if (wait is { } known)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(known.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The headers of every answer that has a record.</summary>
    private static void SetVerdict(IHeaderDictionary headers, string verdict, long record, string bundle)
    {
        headers[HoldpointHeaders.Verdict] = verdict;
        headers[HoldpointHeaders.Record] = record.ToString(CultureInfo.InvariantCulture);
        headers[HoldpointHeaders.Bundle] = bundle;
    }

    private static Task WriteAsync(HttpContext http, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}
