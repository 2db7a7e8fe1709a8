using Holdpoint.Agreements.Loading.Yaml;

namespace Holdpoint.Gateway.Settings;

/// <summary>
/// The codes of <see cref="SettingsProblem"/>. A contract (docs/reference/configuration.md): never renumbered, never reused.
/// </summary>
internal static class SettingsCode
{
    /// <summary>A file that is missing, cannot be read, is too large, or is not UTF-8.</summary>
    public const string UnreadableFile = "HP0501";

    /// <summary>A file that is not YAML, or that uses what is not read here: tags, several documents.</summary>
    public const string BadYaml = "HP0502";

    /// <summary>A key that the configuration does not have.</summary>
    public const string UnknownKey = "HP0503";

    /// <summary>A key given twice.</summary>
    public const string DuplicateKey = "HP0504";

    /// <summary>A key that must be there is missing, or has no value.</summary>
    public const string MissingKey = "HP0505";

    /// <summary>A value that the key cannot have.</summary>
    public const string BadValue = "HP0506";

    /// <summary>Two upstreams of one name, or two clients of one key.</summary>
    public const string DuplicateName = "HP0507";

    /// <summary>Keys that exclude each other, or one without the other that it needs.</summary>
    public const string KeysDoNotFit = "HP0508";

    /// <summary>A key file that others than its owner can read or change.</summary>
    public const string KeyFileOpen = "HP0509";

    /// <summary>
    /// The limits on the configuration's YAML. Anchors may share what many clients or upstreams have in common: 100,000 repeated
    /// values are some ten thousand clients, as many as the largest file holds.
    /// </summary>
    public static YamlFormat Format { get; } = new()
    {
        BadYaml = BadYaml,
        UnknownKey = UnknownKey,
        DuplicateKey = DuplicateKey,
        MissingKey = MissingKey,
        BadValue = BadValue,
        MaxRepeated = 100_000,
        AllowsCoreTags = true,
        IsNullAbsent = true,
    };
}
