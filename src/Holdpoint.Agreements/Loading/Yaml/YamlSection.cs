using System.Collections.Immutable;
using System.Globalization;

namespace Holdpoint.Agreements.Loading.Yaml;

/// <summary>
/// Reads a map key by key and reports values that are missing, misplaced or of the wrong form; <see cref="Close()"/> then reports the keys
/// that nobody asked for. A faulty value reads as null.
/// </summary>
/// <param name="map">The map.</param>
/// <param name="problems">The list that receives problems.</param>
/// <param name="path">The prefix of a key in messages, such as <c>limits.</c>; null where messages name the key alone, in quotes.</param>
internal sealed class YamlSection(YamlNode.Map map, Problems problems, string? path = null)
{
    // A page of text, where a sentence is meant.
    private const int MaxTextLength = 4096;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Place => map.Place;

    /// <summary>The place of a key, or of the map where the key is missing.</summary>
    public string PlaceOf(string key) => map.Entries.FirstOrDefault(entry => entry.Key == key)?.Place ?? map.Place;

    public bool Has(string key) => Find(key) is not null;

    /// <summary>A key as the beginning of a message.</summary>
    public string Subject(string key) => path is null ? $"'{key}'" : $"{path}{key}:";

    /// <summary>A single value, whatever its text.</summary>
    public YamlNode.Scalar? Scalar(string key, bool required = false)
    {
        switch (Require(key, required))
        {
            case null:
                return null;
            case YamlNode.Scalar scalar:
                return scalar;
            case var node:
                problems.Add(problems.Format.BadValue, node.Place, $"{Subject(key)} must be a single value", "write 'key: value'");
                return null;
        }
    }

    /// <summary>The single values in a list, whatever their texts.</summary>
    public IEnumerable<YamlNode.Scalar> Scalars(string key)
    {
        foreach (var item in List(key, required: false))
        {
            if (item is YamlNode.Scalar scalar)
            {
                yield return scalar;
            }
            else
            {
                problems.Add(problems.Format.BadValue, item.Place, $"{Subject(key)} must be a list of single values", "write [one, two]");
            }
        }
    }

    /// <summary>A text that is not empty.</summary>
    public string? Text(string key, bool required = true)
    {
        switch (Require(key, required))
        {
            case null:
                return null;
            case YamlNode.Scalar { Text: { Length: > 0 and <= MaxTextLength } text }:
                return text;
            case var node:
                problems.Add(ProblemCode.BadValue, node.Place, $"'{key}' is a text of 1 to 4,096 characters", "write one");
                return null;
        }
    }

    /// <summary>A name that other parts of the agreement, the configuration or a statement refer to.</summary>
    public string? Name(string key, bool required = true)
    {
        if (Text(key, required) is not { } name)
        {
            return null;
        }

        if (name.Length <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:/@+".Contains(c, StringComparison.Ordinal)))
        {
            return name;
        }

        problems.Add(ProblemCode.BadValue, PlaceOf(key), $"'{key}' is not a name", "use at most 128 letters, digits and - _ . : / @ +");
        return null;
    }

    public string? Sha256(string key, bool required = true)
    {
        if (Text(key, required) is not { } text)
        {
            return null;
        }

        if (text.Length == 64 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f')))
        {
            return text;
        }

        problems.Add(ProblemCode.BadValue, PlaceOf(key), $"'{key}' is not a SHA-256", "write 64 lower-case hexadecimal digits");
        return null;
    }

    public bool? Flag(string key)
    {
        if (Require(key, required: false) is not { } node)
        {
            return null;
        }

        if (node is YamlNode.Scalar { Text: ("true" or "false") and var text })
        {
            return text == "true";
        }

        problems.Add(ProblemCode.BadValue, node.Place, $"'{key}' is neither true nor false", "write true or false");
        return null;
    }

    public int? Number(string key, int min, int max)
    {
        if (Require(key, required: true) is not { } node)
        {
            return null;
        }

        if (node is YamlNode.Scalar { Text: var text }
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        problems.Add(ProblemCode.BadValue, node.Place, $"'{key}' is not a whole number from {min} to {max}", "write one");
        return null;
    }

    public DateOnly? Date(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        problems.Add(ProblemCode.BadValue, PlaceOf(key), $"'{key}' is not a date", "write it as 2026-03-01");
        return null;
    }

    /// <summary>The names in a list; empty when an optional key is missing.</summary>
    public List<string> Names(string key, bool required = true)
    {
        List<string> names = [];
        foreach (var item in List(key, required))
        {
            var text = (item as YamlNode.Scalar)?.Text ?? "";
            if (text.Length is 0 or > MaxTextLength)
            {
                problems.Add(ProblemCode.BadValue, item.Place, $"'{key}' must be a list of texts", "write [one, two]");
            }
            else if (names.Contains(text))
            {
                problems.Add(ProblemCode.DuplicateName, item.Place, $"'{text}' appears twice in '{key}'", "keep one of the two");
            }
            else
            {
                names.Add(text);
            }
        }

        if (required && names.Count == 0 && Has(key))
        {
            problems.Add(ProblemCode.BadValue, PlaceOf(key), $"'{key}' is empty", "write at least one");
        }

        return names;
    }

    /// <summary>The maps in a list.</summary>
    public IEnumerable<YamlSection> Sections(string key, bool required = true)
    {
        foreach (var (item, index) in List(key, required).Select((item, index) => (item, index)))
        {
            if (item is YamlNode.Map inner)
            {
                yield return new YamlSection(inner, problems, path is null ? null : $"{path}{key}[{index}].");
            }
            else
            {
                problems.Add(problems.Format.BadValue, item.Place, $"{Subject(key)} must be a list of maps", "write '- { key: value, … }'");
            }
        }
    }

    public YamlSection? Section(string key, bool required = true)
    {
        switch (Require(key, required))
        {
            case null:
                return null;
            case YamlNode.Map inner:
                return new YamlSection(inner, problems, path is null ? null : $"{path}{key}.");
            case var node:
                problems.Add(problems.Format.BadValue, node.Place, $"{Subject(key)} must be a map", "write 'key: value' lines under it");
                return null;
        }
    }

    /// <summary>All keys, for maps whose keys are names.</summary>
    public IEnumerable<string> Keys()
    {
        foreach (var entry in map.Entries)
        {
            _known.Add(entry.Key);
            yield return entry.Key;
        }
    }

    /// <summary>Reports every key that was not asked for.</summary>
    public void Close() => Close(_known);

    /// <summary>Reports every key that is not one of these.</summary>
    public void Close(IReadOnlyCollection<string> known)
    {
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            problems.Add(problems.Format.UnknownKey, entry.Place, $"unknown key '{path}{entry.Key}'", Suggestion.For(entry.Key, known));
        }
    }

    private ImmutableArray<YamlNode> List(string key, bool required)
    {
        switch (Require(key, required))
        {
            case null:
                return [];
            case YamlNode.List list:
                return list.Items;
            case var node:
                problems.Add(problems.Format.BadValue, node.Place, $"{Subject(key)} must be a list", "write [one, two], or [] for none");
                return [];
        }
    }

    private YamlNode? Require(string key, bool required)
    {
        _known.Add(key);
        var node = Find(key);
        if (node is null && required)
        {
            var message = path is null ? $"the key '{key}' is missing" : $"{Subject(key)} the key is missing";
            problems.Add(problems.Format.MissingKey, map.Place, message, $"add '{key}:'");
        }

        return node;
    }

    private YamlNode? Find(string key) =>
        map.Entries.FirstOrDefault(entry => entry.Key == key)?.Value is var node
        && problems.Format.IsNullAbsent && node is YamlNode.Scalar { IsNull: true }
            ? null
            : node;
}
