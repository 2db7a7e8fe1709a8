using System.Text.Json;
using System.Text.Json.Serialization;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Storage;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary><c>GET /holdpoint/status</c>, with the right <c>operate</c>, and <c>GET /readyz</c>. Reading them changes nothing, so nothing is recorded.</summary>
internal sealed class StatusEndpoint(GatewayParts parts)
{
    public async Task HandleAsync(HttpContext http)
    {
        var active = parts.Configurations.Current;
        var wire = active.FormatOf(endpoint: null);
        if (active.Clients.Identify(http.Request.Headers) is not { } client)
        {
            parts.Strangers.Count();
            await Reply.UnauthorizedAsync(http, wire);
            return;
        }

        if (!client.May(Rights.Operate))
        {
            await Reply.ErrorAsync(http, new(StatusCodes.Status403Forbidden, Causes.RightMissing, "This key has no right to read the status."), wire);
            return;
        }

        var status = new GatewayStatus(
            parts.IsReady ? "ready" : "failing",
            active.Agreement.Name,
            active.Agreement.Bundle.ToString(),
            parts.Records.Gateway,
            parts.Records.Size,
            parts.Signer.Current.Size,
            parts.Signer.Fault,
            SqliteLibrary.Loaded is { FromSystem: var isSystem, Version: var version } ? $"{(isSystem ? "system" : "bundled")} {version}" : "",
            [.. active.Upstreams.All.Select(upstream => upstream.Name)],
            parts.Strangers.Total);
        await Reply.JsonAsync(http, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(status, StatusJson.Default.GatewayStatus));
    }

    /// <summary>200 while records can be written and signed, else 503.</summary>
    public Task ReadyAsync(HttpContext http)
    {
        http.Response.StatusCode = parts.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync(parts.IsReady ? "ready\n" : "failing\n");
    }
}

/// <summary>The answer of <c>GET /holdpoint/status</c> (docs/reference/http.md).</summary>
/// <param name="State"><c>ready</c>, or <c>failing</c> while nothing can be recorded or signed.</param>
/// <param name="Agreement">Name of the active agreement.</param>
/// <param name="Bundle">SHA-256 of the active bundle.</param>
/// <param name="Gateway">This gateway's name in the log.</param>
/// <param name="Records">Durable records.</param>
/// <param name="Signed">Records under the newest checkpoint.</param>
/// <param name="SignerFault">Why nothing more is signed; null while all is well.</param>
/// <param name="Sqlite">Which SQLite is in use, the system's or the bundled one, with its version.</param>
/// <param name="Upstreams">Names of the upstreams, in order.</param>
/// <param name="Unidentified">Requests without a known key since start.</param>
internal sealed record GatewayStatus(
    string State, string Agreement, string Bundle, string Gateway, long Records, long Signed, string? SignerFault, string Sqlite, string[] Upstreams, long Unidentified);

/// <summary>The answer to posted evidence.</summary>
internal sealed record PostedEvidence(string Id);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GatewayStatus))]
[JsonSerializable(typeof(PostedEvidence))]
internal sealed partial class StatusJson : JsonSerializerContext;
