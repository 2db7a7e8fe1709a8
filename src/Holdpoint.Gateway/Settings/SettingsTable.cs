using System.Collections.Immutable;

namespace Holdpoint.Gateway.Settings;

/// <summary>Every section of the configuration file. A key that is in none of them is refused, whoever may ask for it.</summary>
internal static class SettingsTable
{
    public static ImmutableArray<SectionKeys> Sections { get; } =
    [
        GatewayKeys.Section,
        LogKeys.Section,
        HoldKeys.Section,
        WebhookSettings.Keys,
        UpstreamKeys.Section,
        ClientReader.Keys,
        LimitKeys.Section,
        TlsSettings.Keys,
        LogSettings.Keys,
        TelemetrySettings.Keys,
    ];

    /// <summary>Every key.</summary>
    public static IEnumerable<SettingsKey> Keys => Sections.SelectMany(section => section.Keys);

    /// <summary>The names that a section may hold: its keys, and the sections within it.</summary>
    public static ImmutableSortedSet<string> NamesIn(string section)
    {
        var prefix = section.Length == 0 ? "" : section + ".";
        return
        [
            .. Sections.Where(keys => keys.Path == section).SelectMany(keys => keys.Keys).Select(key => key.Name),
            .. Sections.Where(keys => keys.Path.StartsWith(prefix, StringComparison.Ordinal) && keys.Path.Length > prefix.Length)
                .Select(keys => keys.Path[prefix.Length..].Split('.')[0].Replace("[]", "", StringComparison.Ordinal)),
        ];
    }
}
