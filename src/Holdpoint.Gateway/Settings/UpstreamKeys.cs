namespace Holdpoint.Gateway.Settings;

/// <summary>The keys of each of the <c>upstreams</c>.</summary>
internal static class UpstreamKeys
{
    public static SectionKeys Section { get; } = new("upstreams[]");

    public static readonly SettingsKey.Text Name = Section.Text("name");
    public static readonly SettingsKey.Text Kind = Section.Text("kind");

    /// <summary>Absent: the word of <see cref="Kind"/>.</summary>
    public static readonly SettingsKey.Text Provider = Section.Text("provider");
    public static readonly SettingsKey.Text Url = Section.Text("url");
    public static readonly SettingsKey.Text KeyEnv = Section.Text("key_env");
    public static readonly SettingsKey.Text KeyFile = Section.Text("key_file");
    public static readonly SettingsKey.Texts Models = Section.Texts("models");

    /// <summary>As many as for the gateway as a whole: what a provider bears is known to it and to the operator only.</summary>
    public static readonly SettingsKey.Whole Connections = Section.Whole("connections", LimitKeys.Calls.Default, 1, 1_000_000);
}
