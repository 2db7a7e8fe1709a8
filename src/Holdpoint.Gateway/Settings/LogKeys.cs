namespace Holdpoint.Gateway.Settings;

/// <summary>The keys of section <c>log</c>: the log of records and who signs it.</summary>
internal static class LogKeys
{
    public static SectionKeys Section { get; } = new("log");

    public static readonly SettingsKey.Text Origin = Section.Text("origin");
    public static readonly SettingsKey.Text KeyFile = Section.Text("key_file");

    /// <summary>Absent: the key file's path with <c>.signed</c>.</summary>
    public static readonly SettingsKey.Text GuardFile = Section.Text("guard_file");

    /// <summary>Absent: a file named after the key in the user's folder for state.</summary>
    public static readonly SettingsKey.Text GuardCopyFile = Section.Text("guard_copy_file");
}
