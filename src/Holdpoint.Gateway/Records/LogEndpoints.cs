using System.Globalization;
using System.Text;
using System.Text.Json;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log.Tiles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway.Records;

/// <summary>Who asks for a record.</summary>
/// <param name="MayAudit">Has the right <c>audit</c>: sees every record.</param>
/// <param name="Deployment">With <paramref name="Principal"/>, whose own records it may see.</param>
/// <param name="Principal">The principal in the deployment.</param>
internal sealed record LogCaller(bool MayAudit, string Deployment, string Principal);

/// <summary>
/// The log over HTTP, as C2SP tlog-tiles has it, with records and receipts by index beside it. Hashes are public; records need the right
/// to audit, or to be one's own.
/// </summary>
/// <param name="records">The log.</param>
/// <param name="published">What of it is shown.</param>
/// <param name="signer">Its checkpoints.</param>
/// <param name="identify">The caller of a request by its client key; null when it has none that is known.</param>
internal sealed class LogEndpoints(RecordLog records, PublishedLog published, CheckpointSigner signer, Func<HttpContext, LogCaller?> identify)
{
    // Long enough for a signature on a busy disk, shorter than any client's patience.
    private static readonly TimeSpan ReceiptPatience = TimeSpan.FromSeconds(2);

    private const string PlainText = "text/plain; charset=utf-8";
    private const string Bytes = "application/octet-stream";

    // Tiles, bundles, records: what has a name never changes (C2SP: "This endpoint is immutable").
    private const string Immutable = "max-age=31536000, immutable";

    public void Map(IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/log");
        log.MapGet("/checkpoint", Guarded(CheckpointAsync));
        log.MapGet("/vkey", Guarded(VerifierKeyAsync));
        log.MapGet("/tile/{**path}", Guarded(TileAsync));
        log.MapGet("/record/{index}", Guarded(RecordAsync));
        log.MapGet("/receipt/{index}", Guarded(ReceiptAsync));
    }

    private Task CheckpointAsync(HttpContext http) => SendAsync(http, PlainText, "no-cache", signer.Current.Note);

    private Task VerifierKeyAsync(HttpContext http) =>
        SendAsync(http, PlainText, "no-cache", Encoding.UTF8.GetBytes(signer.VerifierKey + "\n"));

    private async Task TileAsync(HttpContext http)
    {
        if (!TilePath.TryParse($"tile/{http.GetRouteValue("path")}", out var path))
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "not_found");
            return;
        }

        if (path.IsEntries)
        {
            if (identify(http) is not { } caller)
            {
                await RefuseAsync(http, StatusCodes.Status401Unauthorized, "unauthenticated");
                return;
            }

            if (!caller.MayAudit)
            {
                await RefuseAsync(http, StatusCodes.Status403Forbidden, "right_missing");
                return;
            }
        }

        if (await published.TileAsync(path, http.RequestAborted) is { } tile)
        {
            await SendAsync(http, Bytes, path.IsEntries ? "private, " + Immutable : "public, " + Immutable, tile);
        }
        else
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "not_found");
        }
    }

    private async Task RecordAsync(HttpContext http)
    {
        if (identify(http) is not { } caller)
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "unauthenticated");
        }
        else if (IndexOf(http) is not { } index || await published.RecordAsync(index, http.RequestAborted) is not { } record)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "not_found");
        }
        else if (!caller.MayAudit && !IsOwn(record, caller))
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, "right_missing");
        }
        else
        {
            await SendAsync(http, "application/json", "private, " + Immutable, record);
        }
    }

    private async Task ReceiptAsync(HttpContext http)
    {
        if (IndexOf(http) is not { } index || index >= records.Size)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "not_found");
        }
        else if (await signer.CoverAsync(index, ReceiptPatience, http.RequestAborted) is not { } checkpoint)
        {
            await UnavailableAsync(http, "no_checkpoint_yet");
        }
        else
        {
            await SendAsync(http, PlainText, "no-store", await published.ReceiptAsync(index, checkpoint, http.RequestAborted));
        }
    }

    private bool IsOwn(byte[] record, LogCaller caller)
    {
        using var json = JsonDocument.Parse(record);
        return records.PseudonymOf(caller.Deployment, caller.Principal) is { } pseudonym
            && json.RootElement.TryGetProperty("principal", out var principal) && principal.ValueEquals(pseudonym)
            && json.RootElement.TryGetProperty("deployment", out var deployment) && deployment.ValueEquals(caller.Deployment);
    }

    /// <summary>A decimal number without sign or leading zeros, else null.</summary>
    private static long? IndexOf(HttpContext http) =>
        http.GetRouteValue("index") is string text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && (text.Length == 1 || text[0] != '0')
            ? index
            : null;

    /// <summary>Nothing about the store's troubles but that it has them leaves the server.</summary>
    private static RequestDelegate Guarded(RequestDelegate handle) => async http =>
    {
        try
        {
            await handle(http);
        }
        catch (StoreUnavailableException) when (!http.Response.HasStarted)
        {
            await UnavailableAsync(http, "store_unavailable");
        }
    };

    private static Task UnavailableAsync(HttpContext http, string code)
    {
        http.Response.Headers.RetryAfter = "1";
        return RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, code);
    }

    private static Task RefuseAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return SendAsync(http, PlainText, "no-store", Encoding.ASCII.GetBytes(code + "\n"));
    }

    private static async Task SendAsync(HttpContext http, string contentType, string cacheControl, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = cacheControl;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
