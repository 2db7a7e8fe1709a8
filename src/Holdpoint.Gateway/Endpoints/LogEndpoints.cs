using System.Globalization;
using System.Text;
using System.Text.Json;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Log.Tiles;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway.Endpoints;

/// <summary>
/// The log over HTTP, as C2SP tlog-tiles has it, and records and receipts by index. Hashes are public; records need the right to audit, or
/// have to be the caller's own.
/// </summary>
/// <param name="boundary">Identifies and refuses.</param>
/// <param name="records">The log.</param>
/// <param name="published">What of it is shown.</param>
/// <param name="signer">Its checkpoints.</param>
internal sealed class LogEndpoints(Boundary boundary, RecordLog records, PublishedLog published, CheckpointSigner signer)
{
    /// <summary>The most requests for what is public that wait for their turn. 256: a second of receipts.</summary>
    private const int MostWaiting = 256;

    // What is computed for strangers takes half of the processors at most.
    private readonly Turns _strangers = new(Turns.HalfOfProcessors, MostWaiting);

    // Long enough for a signature on a busy disk, shorter than any client's patience.
    private static readonly TimeSpan ReceiptPatience = TimeSpan.FromSeconds(2);

    private const string PlainText = "text/plain; charset=utf-8";
    private const string Bytes = "application/octet-stream";

    // Tiles, bundles, records: what has a name never changes (C2SP: "This endpoint is immutable").
    private const string Immutable = "max-age=31536000, immutable";

    public void Map(IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/log");
        log.MapGet("/checkpoint", Public((http, _) => SendAsync(http, PlainText, "no-cache", signer.Current.Note)));
        log.MapGet("/vkey", Public((http, _) => SendAsync(http, PlainText, "no-cache", Encoding.UTF8.GetBytes(signer.VerifierKey + "\n"))));
        log.MapGet("/tile/{**path}", http => IsEntries(http)
            ? boundary.HandleAsync(http, Surface.Log, EntriesAsync)
            : boundary.HandlePublicAsync(http, Surface.Log, TileAsync));
        log.MapGet("/record/{index}", http => boundary.HandleAsync(http, Surface.Log, RecordAsync));
        log.MapGet("/receipt/{index}", Public(ReceiptAsync));
    }

    private RequestDelegate Public(Func<HttpContext, CancellationToken, Task<Fault?>> run) =>
        http => boundary.HandlePublicAsync(http, Surface.Log, run);

    private async ValueTask<Ending> EntriesAsync(Exchange exchange, CancellationToken cancellationToken) =>
        !exchange.Client.May(Rights.Audit)
            ? RightsFaults.Audit
            : EndingOf(await TileAsync(exchange.Http, cancellationToken));

    private async Task<Fault?> TileAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (PathOf(http) is not { } path)
        {
            return LogFaults.NotFound;
        }

        if (path.IsEntries)
        {
            return await published.TileAsync(path, cancellationToken) is { } entries
                ? await SendAsync(http, Bytes, "private, " + Immutable, entries)
                : LogFaults.NotFound;
        }

        var (tile, full) = await InTurnAsync(() => published.TileAsync(path, cancellationToken).AsTask(), cancellationToken);
        return full ?? (tile is null ? LogFaults.NotFound : await SendAsync(http, Bytes, "public, " + Immutable, tile));
    }

    /// <summary>Computes something for a stranger in its turn. Nothing that waits for others, or for the client, is within it.</summary>
    private async Task<(T? Result, Fault? Full)> InTurnAsync<T>(Func<Task<T>> compute, CancellationToken cancellationToken)
    {
        if (!await _strangers.TryTakeAsync(cancellationToken))
        {
            return (default, CallFaults.StrangersFull);
        }

        try
        {
            return (await compute(), null);
        }
        finally
        {
            _strangers.End();
        }
    }

    private async ValueTask<Ending> RecordAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (IndexOf(exchange.Http) is not { } index || await published.RecordAsync(index, cancellationToken) is not { } record)
        {
            return LogFaults.NotFound;
        }

        return exchange.Client.May(Rights.Audit) || IsOwn(record, exchange.Client, exchange.Active.Settings.IsTerse)
            ? EndingOf(await SendAsync(exchange.Http, "application/json", "private, " + Immutable, record))
            : RightsFaults.Audit;
    }

    private async Task<Fault?> ReceiptAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (IndexOf(http) is not { } index || index >= records.Size)
        {
            return LogFaults.NotFound;
        }

        if (await signer.CoverAsync(index, ReceiptPatience, cancellationToken) is not { } checkpoint)
        {
            return LogFaults.NoCheckpointYet;
        }

        var (receipt, full) = await InTurnAsync(
            () => published.ReceiptAsync(index, checkpoint, cancellationToken).AsTask(), cancellationToken);
        return full ?? await SendAsync(http, PlainText, "no-store", receipt);
    }

    /// <summary>
    /// Whether the caller may read the record as its own. What a terse refusal does not tell, its record does not tell it either.
    /// </summary>
    private bool IsOwn(byte[] record, Client caller, bool isTerse)
    {
        using var json = JsonDocument.Parse(record);
        if (isTerse && json.RootElement.TryGetProperty("verdict", out var verdict) && !verdict.ValueEquals("permit"u8))
        {
            return false;
        }

        return records.PseudonymOf(caller.Deployment, caller.Principal) is { } pseudonym
            && json.RootElement.TryGetProperty("principal", out var principal) && principal.ValueEquals(pseudonym)
            && json.RootElement.TryGetProperty("deployment", out var deployment) && deployment.ValueEquals(caller.Deployment);
    }

    private static Ending EndingOf(Fault? fault) => fault is null ? Ending.Sent.Instance : fault;

    private static bool IsEntries(HttpContext http) => PathOf(http) is { IsEntries: true };

    private static TilePath? PathOf(HttpContext http) =>
        TilePath.TryParse($"tile/{http.GetRouteValue("path")}", out var path) ? path : null;

    /// <summary>A decimal number without sign or leading zeros, else null.</summary>
    private static long? IndexOf(HttpContext http) =>
        http.GetRouteValue("index") is string text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && (text.Length == 1 || text[0] != '0')
            ? index
            : null;

    private static async Task<Fault?> SendAsync(HttpContext http, string contentType, string cacheControl, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = cacheControl;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
        return null;
    }
}
