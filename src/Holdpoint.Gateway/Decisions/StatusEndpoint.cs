using System.Text.Json;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Upstream.Resilience;
using Microsoft.AspNetCore.Http;
using Polly.CircuitBreaker;

namespace Holdpoint.Gateway.Decisions;

/// <summary><c>GET /holdpoint/status</c>, with the right <c>operate</c>, and <c>GET /readyz</c>. Reading them changes nothing, so nothing is recorded.</summary>
internal sealed class StatusEndpoint(GatewayParts parts)
{
    public async Task HandleAsync(HttpContext http)
    {
        var active = parts.Configurations.Current;
        var wire = active.Formats[0];
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

        await Reply.JsonAsync(http, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(StatusOf(active), StatusJson.Default.GatewayStatus));
    }

    /// <summary>200 while records can be written and signed, else 503.</summary>
    public Task ReadyAsync(HttpContext http)
    {
        http.Response.StatusCode = parts.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync(parts.IsReady ? "ready\n" : "failing\n");
    }

    private GatewayStatus StatusOf(ActiveConfiguration active) => new(
        State: parts.IsReady ? "ready" : "failing",
        GatewayParts.Version,
        Program: parts.Program.ToHex(),
        Runtime: Environment.Version.ToString(),
        parts.Started,
        Agreement: active.Agreement.Name,
        Bundle: active.Agreement.Bundle.ToString(),
        Configuration: active.Settings.Digest.ToHex(),
        Gateway: parts.Records.Gateway,
        Records: parts.Records.Size,
        Signed: parts.Signer.Current.Size,
        SignerFault: parts.Signer.Fault,
        Store: parts.Store.IsFailing ? "failing" : "writing",
        StoreBytes: SizeOf(active.Settings.StorePath) + SizeOf(active.Settings.StorePath + "-wal"),
        Sqlite: $"bundled {SqliteLibrary.Loaded.Version}",
        Connections: parts.Connections.Open,
        Calls: parts.Slots.UnderWay,
        Upstreams: [.. active.Upstreams.All.OfType<GuardedUpstream>().Select(StatusOf)],
        Reload: parts.Reloading.Last is { } last ? new(last.At, last.IsTaken ? "taken" : "refused", [.. last.Problems]) : null,
        CertificateUntil: parts.Certificate?.NotAfter,
        Unidentified: parts.Strangers.Total);

    private static UpstreamStatus StatusOf(GuardedUpstream upstream) => new(
        upstream.Name,
        upstream.Settings.Provider,
        upstream.State switch { CircuitState.Closed => "closed", CircuitState.HalfOpen => "half_open", _ => "open" },
        upstream.UnderWay,
        upstream.Settings.Connections);

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
