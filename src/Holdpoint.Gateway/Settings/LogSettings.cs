namespace Holdpoint.Gateway.Settings;

/// <summary>The form and level of what the gateway writes to standard error.</summary>
/// <param name="IsJson">One JSON object a line, instead of text for people.</param>
/// <param name="Requests">A line for each request.</param>
internal sealed record LogSettings(bool IsJson, bool Requests)
{
    private const string Json = "json";

    public static SectionKeys Keys { get; } = new("logs");

    private static readonly SettingsKey.Text Format = Keys.Text("format", "text");

    /// <summary>A busy gateway would write thousands of lines a second; the log of records has every call anyway.</summary>
    private static readonly SettingsKey.Flag RequestLines = Keys.Flag("requests", false);

    public static LogSettings Default { get; } = new(Format.Default == Json, RequestLines.Default);

    public static LogSettings Read(SettingsSection section)
    {
        var logs = new LogSettings(section.OneOf(Format, [Format.Default!, Json]) == Json, section.Flag(RequestLines));
        section.Close();
        return logs;
    }
}
