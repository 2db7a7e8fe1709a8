using System.Globalization;
using Holdpoint.Agreements.Loading;
using Holdpoint.Agreements.Loading.Yaml;

namespace Holdpoint.Gateway.Settings;

/// <summary>
/// One section of the configuration file, read by its declared keys. A value that is at fault is reported and reads as the default, so that
/// the rest is checked in the same run. Not thread-safe.
/// </summary>
/// <param name="yaml">The section as written.</param>
/// <param name="path">Its path in <see cref="SettingsTable"/>.</param>
/// <param name="folder">What relative paths are relative to.</param>
/// <param name="problems">Where problems are reported.</param>
internal sealed class SettingsSection(YamlSection yaml, string path, string folder, Problems problems)
{
    /// <summary>The number of problems up to now, to see whether there are more later.</summary>
    public int ProblemCount => problems.Count;

    /// <summary>The place in the file where the section begins.</summary>
    public string Place => yaml.Place;

    public bool Has(SettingsKey key) => yaml.Has(key.Name);

    /// <summary>The text as written, also where it is empty; the default where the key is absent.</summary>
    public string? Text(SettingsKey.Text key) => yaml.Scalar(key.Name) is { } scalar ? scalar.Text : key.Default;

    /// <summary>A text that must be there; empty, with a problem, where it is not.</summary>
    public string Required(SettingsKey.Text key) =>
        yaml.Scalar(key.Name, required: true) is { } scalar ? NotBlank(key.Name, scalar) : "";

    /// <summary>The full path of a file or folder; empty, with a problem, where the key is there and its value is blank.</summary>
    public string? OptionalPath(SettingsKey.Text key) => Has(key) ? RequiredPath(key) : null;

    /// <summary>The full path of a file or folder; empty, with a problem, where there is none.</summary>
    public string RequiredPath(SettingsKey.Text key) => Required(key) is { Length: > 0 } text ? Path.GetFullPath(text, folder) : "";

    /// <summary>A path as text becomes a full one.</summary>
    public string FullPath(string text) => Path.GetFullPath(text, folder);

    /// <summary>The texts of a list, each with its key for messages and its place; what is blank is reported and left out.</summary>
    public IEnumerable<(string Text, string Place, string Key)> Texts(SettingsKey.Texts key) =>
        yaml.Scalars(key.Name)
            .Select((scalar, i) => (Key: $"{key.Name}[{i}]", Scalar: scalar.IsNull ? scalar with { Text = "" } : scalar))
            .Select(item => (Text: NotBlank(item.Key, item.Scalar), item.Scalar.Place, item.Key))
            .Where(item => item.Text.Length > 0);

    public int Whole(SettingsKey.Whole key) => (int)Whole(key, key.Default, key.Least, key.Most);

    public long Bytes(SettingsKey.Bytes key) => Whole(key, key.Default, key.Least, key.Most);

    public double Number(SettingsKey.Number key) => Number(key, key.Default, key.Least, key.Most);

    public TimeSpan Seconds(SettingsKey.Seconds key) => TimeSpan.FromSeconds(Number(key, key.Default.TotalSeconds, key.Least, key.Most));

    public bool Flag(SettingsKey.Flag key)
    {
        if (yaml.Scalar(key.Name) is not { } scalar)
        {
            return key.Default;
        }

        if (ScalarForms.Flag(scalar.Text) is { } value)
        {
            return value;
        }

        Report(SettingsCode.BadValue, key.Name, "must be true or false", "write one of the two", scalar.Place);
        return key.Default;
    }

    /// <summary>One of some words; null, with a problem, where it is another, or where it is missing and there is no default.</summary>
    public string? OneOf(SettingsKey.Text key, IReadOnlyCollection<string> words)
    {
        if (yaml.Scalar(key.Name, required: key.Default is null) is not { } scalar)
        {
            return key.Default;
        }

        if (words.Contains(scalar.Text))
        {
            return scalar.Text;
        }

        var message = $"must be one of {string.Join(", ", words)}";
        Report(SettingsCode.BadValue, key.Name, message, Suggestion.For(scalar.Text, words), scalar.Place);
        return null;
    }

    /// <summary>The source of a secret: an environment variable or a file, exactly one of the two.</summary>
    /// <returns>Null, with a problem, where neither or both are named.</returns>
    public SecretSource? Secret(SettingsKey.Text variable, SettingsKey.Text file)
    {
        if (Has(variable) != Has(file))
        {
            return Text(variable) is { } name
                ? new SecretSource.EnvironmentVariable(name)
                : Text(file) is { } written ? new SecretSource.KeyFile(FullPath(written)) : null;
        }

        problems.Add(
            SettingsCode.KeysDoNotFit,
            yaml.PlaceOf(file.Name),
            $"{yaml.Subject(file.Name)} the secret is read from one place",
            $"give {variable.Name} or {file.Name}, one of the two");
        return null;
    }

    /// <summary>A section within this one; null where it is absent.</summary>
    public SettingsSection? Section(SectionKeys keys) =>
        yaml.Section(LastOf(keys), required: false) is { } inner ? new(inner, keys.Path, folder, problems) : null;

    /// <summary>A section within this one; where it is absent, one without keys, so that all of it reads as the defaults.</summary>
    public SettingsSection SectionOrEmpty(SectionKeys keys) =>
        Section(keys) ?? new(new YamlSection(new YamlNode.Map(yaml.Place, []), problems, LastOf(keys) + "."), keys.Path, folder, problems);

    /// <summary>The sections of a list within this one.</summary>
    public IEnumerable<SettingsSection> Sections(SectionKeys keys) =>
        yaml.Sections(LastOf(keys), required: false).Select(inner => new SettingsSection(inner, keys.Path, folder, problems));

    /// <summary>Whether a section, or a list of them, is there.</summary>
    public bool Has(SectionKeys keys) => yaml.Has(LastOf(keys));

    /// <summary>Reports a problem with a key, or with an item of its list.</summary>
    /// <param name="code">One of <see cref="SettingsCode"/>.</param>
    /// <param name="key">The key's name.</param>
    /// <param name="message">What follows the name.</param>
    /// <param name="fix">What to do.</param>
    /// <param name="place">Where; null for the key's own place, or the section's where it is missing.</param>
    public void Report(string code, string key, string message, string fix, string? place = null) =>
        problems.Add(code, place ?? yaml.PlaceOf(key), $"{yaml.Subject(key)} {message}", fix);

    /// <summary>Reports what the section holds beyond its declared keys.</summary>
    public void Close() => yaml.Close(SettingsTable.NamesIn(path));

    private long Whole(SettingsKey key, long @default, long least, long most)
    {
        if (yaml.Scalar(key.Name) is not { } scalar)
        {
            return @default;
        }

        if (ScalarForms.Whole(scalar.Text) is { } value && value >= least && value <= most)
        {
            return value;
        }

        Report(
            SettingsCode.BadValue, key.Name, $"must be a whole number from {Shown(least)} to {Shown(most)}", "write one", scalar.Place);
        return @default;
    }

    private string NotBlank(string key, YamlNode.Scalar scalar)
    {
        if (!string.IsNullOrWhiteSpace(scalar.Text))
        {
            return scalar.Text;
        }

        Report(SettingsCode.MissingKey, key, "the value is empty", "write one", scalar.Place);
        return "";
    }

    // Written so that NaN, which YAML can say, is refused too.
    private double Number(SettingsKey key, double @default, double least, double most)
    {
        if (yaml.Scalar(key.Name) is not { } scalar)
        {
            return @default;
        }

        if (ScalarForms.Number(scalar.Text) is { } value && value >= least && value <= most)
        {
            return value;
        }

        Report(SettingsCode.BadValue, key.Name, $"must be a number from {Shown(least)} to {Shown(most)}", "write one", scalar.Place);
        return @default;
    }

    private string LastOf(SectionKeys keys) =>
        keys.Path[(path.Length == 0 ? 0 : path.Length + 1)..].Replace("[]", "", StringComparison.Ordinal);

    private static string Shown(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
