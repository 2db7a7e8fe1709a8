using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Upstream.Resilience;

namespace Holdpoint.Gateway.Hosting;

/// <summary>Reads the status from the parts of a running gateway.</summary>
internal static class StatusReading
{
    public static GatewayStatus Of(GatewayParts parts, ActiveConfiguration active) => new(
        State: parts.IsReady ? "ready" : "failing",
        GatewayParts.Version,
        Program: parts.Program.ToHex(),
        Runtime: Environment.Version.ToString(),
        parts.Started,
        Agreement: active.Bundle.Agreement.Name,
        Bundle: active.Bundle.Agreement.Bundle.ToString(),
        Configuration: active.Settings.Digest.ToHex(),
        Gateway: parts.Records.Gateway,
        Records: parts.Records.Size,
        Signed: parts.Signer.Current.Size,
        SignerFault: parts.Signer.Fault,
        Store: parts.Store.IsFailing ? "failing" : "writing",
        StoreFault: parts.Store.Loss?.ToString(),
        StoreBytes: SizeOf(active.Settings.StorePath) + SizeOf(active.Settings.StorePath + "-wal"),
        Sqlite: $"bundled {SqliteLibrary.Loaded.Version}",
        Connections: parts.Connections.Open,
        Calls: parts.Slots.UnderWay,
        ContentBytes: parts.Content.Used,
        Upstreams: [.. active.Upstreams.All.OfType<GuardedUpstream>().Select(StatusOf)],
        Reload: parts.Reloading.Last is { } last ? new(last.At, last.IsApplied ? "taken" : "refused", [.. last.Problems]) : null,
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
