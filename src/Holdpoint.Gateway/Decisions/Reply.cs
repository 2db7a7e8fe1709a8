using System.Globalization;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;
using Holdpoint.Log;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary>Writes answers that are not the upstream's.</summary>
internal static class Reply
{
    private const string Json = "application/json";
    private const string RetryAfterSeconds = "1";

    /// <summary>For a caller whom nobody knows: the client's own error shape, no record.</summary>
    public static Task UnauthorizedAsync(HttpContext http, WireFormat wire)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return WriteAsync(
            http,
            StatusCodes.Status401Unauthorized,
            wire.WriteError(new(StatusCodes.Status401Unauthorized, Causes.InvalidApiKey, "Missing or unknown API key: a Holdpoint client key is needed.")));
    }

    /// <summary>An error that has no record, such as one about reading what changes nothing.</summary>
    public static Task ErrorAsync(HttpContext http, WireError error, WireFormat wire) => WriteAsync(http, error.Status, wire.WriteError(error));

    /// <summary>An answer of the gateway's own.</summary>
    public static Task JsonAsync(HttpContext http, int status, ReadOnlyMemory<byte> body) => WriteAsync(http, status, body);

    /// <summary>An answer of the gateway's own that has a record.</summary>
    public static Task JsonAsync(HttpContext http, int status, ReadOnlyMemory<byte> body, string verdict, long record, Hash bundle)
    {
        SetHeaders(http.Response.Headers, verdict, record, bundle.ToHex());
        return WriteAsync(http, status, body);
    }

    /// <summary>When nothing can be recorded, nothing is answered but this; the client's SDK tries again.</summary>
    public static Task UnrecordedAsync(CallInProgress call, Fault fault)
    {
        if (!call.Http.Response.HasStarted)
        {
            call.Http.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return RefuseAsync(call, WireError.Of(fault), bundle: null);
    }

    /// <summary>Refuses: as a response, or, once the first byte of a stream has left, as the format's error event.</summary>
    public static async Task RefuseAsync(CallInProgress call, WireError error, BundleDigest? bundle)
    {
        var http = call.Http;
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        try
        {
            if (http.Response.HasStarted)
            {
                await http.Response.BodyWriter.WriteAsync(call.Wire.WriteStreamError(error), http.RequestAborted);
                return;
            }

            if (error.Ruling is { } ruling && bundle is { } digest)
            {
                SetHeaders(http.Response.Headers, ruling.Verdict, ruling.Record, digest.ToString());
            }

            // Headers of an answer that was begun and then refused before its first byte are not its headers.
            http.Response.ContentLength = null;
            await WriteAsync(http, error.Status, call.Wire.WriteError(error));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client left while it was being told. What it was to be told is recorded.
        }
    }

    /// <summary>Tells a client whose stream has begun, and now waits for people, that the connection lives: a comment, which no client reads.</summary>
    public static async ValueTask BeatAsync(CallInProgress call)
    {
        if (call.Http.Response.HasStarted)
        {
            await call.Http.Response.BodyWriter.WriteAsync(": waiting for approval\n\n"u8.ToArray(), call.Http.RequestAborted);
        }
    }

    /// <summary>
    /// Sets the head of an answer that is the upstream's; nothing leaves before the first byte of its body. Of a stream that went on after
    /// people had approved it the head has left before.
    /// </summary>
    public static void Begin(CallInProgress call, UpstreamAnswer answer)
    {
        var response = call.Http.Response;
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

        SetHeaders(response.Headers, "permit", call.Decided!.Value, call.Active.Agreement.Bundle.ToString());
    }

    /// <summary>Writes an answer of the upstream's that is there in one piece.</summary>
    public static async Task WholeAsync(CallInProgress call, UpstreamAnswer answer, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Begin(call, answer);
        call.Http.Response.ContentLength = body.Length;
        await call.Http.Response.BodyWriter.WriteAsync(body, cancellationToken);
    }

    /// <summary>The headers of every answer that has a record.</summary>
    private static void SetHeaders(IHeaderDictionary headers, string verdict, long record, string bundle)
    {
        headers[HoldpointHeaders.Verdict] = verdict;
        headers[HoldpointHeaders.Record] = record.ToString(CultureInfo.InvariantCulture);
        headers[HoldpointHeaders.Bundle] = bundle;
    }

    private static Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = Json;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}
