namespace Holdpoint.Gateway.Settings;

/// <summary>A key of the configuration file: what the reader takes, and what it means where it is absent. Closed; immutable.</summary>
/// <param name="Section">Path of its section, such as <c>limits</c> or <c>upstreams[]</c>; empty for the top of the file.</param>
/// <param name="Name">Its name there.</param>
internal abstract record SettingsKey(string Section, string Name)
{
    /// <summary>As the documentation names it, such as <c>upstreams[].name</c>.</summary>
    public string Path => Section.Length == 0 ? Name : $"{Section}.{Name}";

    /// <summary>
    /// One text. <paramref name="Default"/> is null where the absence of the key has a meaning of its own, or is a problem.
    /// </summary>
    internal sealed record Text(string Section, string Name, string? Default) : SettingsKey(Section, Name);

    /// <summary>A list of texts; absent, it is empty.</summary>
    internal sealed record Texts(string Section, string Name) : SettingsKey(Section, Name);

    /// <summary>A whole number from <paramref name="Least"/> to <paramref name="Most"/>.</summary>
    internal sealed record Whole(string Section, string Name, int Default, int Least, int Most) : SettingsKey(Section, Name);

    /// <summary>As <see cref="Whole"/>, of bytes that can be more than 2 GiB.</summary>
    internal sealed record Bytes(string Section, string Name, long Default, long Least, long Most) : SettingsKey(Section, Name);

    /// <summary>A number from <paramref name="Least"/> to <paramref name="Most"/>.</summary>
    internal sealed record Number(string Section, string Name, double Default, double Least, double Most) : SettingsKey(Section, Name);

    /// <summary>A time; the file says it in seconds, from <paramref name="Least"/> to <paramref name="Most"/> of them.</summary>
    internal sealed record Seconds(string Section, string Name, TimeSpan Default, double Least, double Most) : SettingsKey(Section, Name);

    /// <summary>True or false.</summary>
    internal sealed record Flag(string Section, string Name, bool Default) : SettingsKey(Section, Name);
}
