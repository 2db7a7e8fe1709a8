namespace Holdpoint.Gateway.Settings;

/// <summary>The keys of section <c>holds</c>; those of its webhook are with <see cref="WebhookSettings"/>.</summary>
internal static class HoldKeys
{
    public static SectionKeys Section { get; } = new("holds");

    /// <summary>Absent: the store's path with <c>.holds.key</c>.</summary>
    public static readonly SettingsKey.Text KeyFile = Section.Text("key_file");
}
