namespace Holdpoint.Gateway.Settings;

/// <summary>
/// The keys of one section of the configuration file. The concept that owns the section declares them in static fields; the reader takes
/// those that are declared and refuses every other.
/// </summary>
/// <param name="path">Such as <c>limits</c> or <c>upstreams[]</c>; empty for the top of the file.</param>
internal sealed class SectionKeys(string path)
{
    private readonly List<SettingsKey> _keys = [];

    public string Path => path;

    /// <summary>In the order of their declaration.</summary>
    public IReadOnlyList<SettingsKey> Keys => _keys;

    public SettingsKey.Text Text(string name, string? @default = null) => Declared(new SettingsKey.Text(path, name, @default));

    public SettingsKey.Texts Texts(string name) => Declared(new SettingsKey.Texts(path, name));

    public SettingsKey.Whole Whole(string name, int @default, int least, int most) =>
        Declared(new SettingsKey.Whole(path, name, @default, least, most));

    public SettingsKey.Bytes Bytes(string name, long @default, long least, long most) =>
        Declared(new SettingsKey.Bytes(path, name, @default, least, most));

    public SettingsKey.Number Number(string name, double @default, double least, double most) =>
        Declared(new SettingsKey.Number(path, name, @default, least, most));

    public SettingsKey.Seconds Seconds(string name, TimeSpan @default, double least = 0.05, double most = 3_600) =>
        Declared(new SettingsKey.Seconds(path, name, @default, least, most));

    public SettingsKey.Flag Flag(string name, bool @default) => Declared(new SettingsKey.Flag(path, name, @default));

    private T Declared<T>(T key)
        where T : SettingsKey
    {
        _keys.Add(key);
        return key;
    }
}
