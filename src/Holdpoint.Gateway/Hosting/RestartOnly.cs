using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;

namespace Holdpoint.Gateway.Hosting;

/// <summary>The settings that a reload cannot change: the process listens, stores, signs and reports under these from its start.</summary>
internal static class RestartOnly
{
    private static readonly ImmutableArray<(string Key, Func<GatewaySettings, object?> ValueIn)> Keys =
    [
        (GatewayKeys.Listen.Path, settings => settings.Listen),
        (GatewayKeys.Store.Path, settings => settings.StorePath),
        (LogKeys.Origin.Path, settings => settings.LogOrigin),
        (LogKeys.KeyFile.Path, settings => settings.LogKeyPath),
        (LogKeys.GuardFile.Path, settings => settings.LogGuardPath),
        (LogKeys.GuardCopyFile.Path, settings => settings.LogGuardCopyPath),
        (HoldKeys.KeyFile.Path, settings => settings.HoldKeyPath),
        (TlsSettings.Keys.Path, settings => settings.Tls is not null),
        (GatewayKeys.TrustedProxies.Path, settings => string.Join(' ', settings.TrustedProxies)),
        (LogSettings.Keys.Path, settings => settings.Logs),
        (TelemetrySettings.Keys.Path, settings => settings.Telemetry),
        (LimitKeys.Connections.Path, settings => settings.Limits.Connections),
        (LimitKeys.Stop.Path, settings => settings.Limits.Stop),
    ];

    /// <summary>The keys, or whole sections, in which the two configurations differ and must not.</summary>
    public static ImmutableArray<string> Changed(GatewaySettings before, GatewaySettings after) =>
        [.. Keys.Where(key => !Equals(key.ValueIn(before), key.ValueIn(after))).Select(key => key.Key)];
}
