using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;

namespace Holdpoint.Gateway.Hosting;

/// <summary>What a reload cannot change: the process listens, stores, signs and reports under these from its start.</summary>
internal static class RestartOnly
{
    /// <summary>The keys in which the two configurations differ and must not.</summary>
    public static ImmutableArray<string> Changed(GatewaySettings before, GatewaySettings after)
    {
        (string Key, bool IsSame)[] keys =
        [
            ("listen", before.Listen.Equals(after.Listen)),
            ("store", before.StorePath == after.StorePath),
            ("log.origin", before.LogOrigin == after.LogOrigin),
            ("log.key_file", before.LogKeyPath == after.LogKeyPath),
            ("log.guard_file", before.LogGuardPath == after.LogGuardPath),
            ("holds.key_file", before.HoldKeyPath == after.HoldKeyPath),
            ("tls", before.Tls is null == after.Tls is null),
            ("trusted_proxies", before.TrustedProxies.AsSpan().SequenceEqual(after.TrustedProxies.AsSpan())),
            ("logs", before.Logs == after.Logs),
            ("telemetry", before.Telemetry == after.Telemetry),
            ("limits.connections", before.Limits.Connections == after.Limits.Connections),
            ("limits.stop_seconds", before.Limits.Stop == after.Limits.Stop),
        ];
        return [.. keys.Where(key => !key.IsSame).Select(key => key.Key)];
    }
}
