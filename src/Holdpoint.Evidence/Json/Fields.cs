using System.Collections.Immutable;
using System.Text.Json;

namespace Holdpoint.Evidence.Json;

/// <summary>
/// Reads the members of one JSON object by name and refuses those that nobody asked for: an unknown member may restrict the statement.
/// Every fault goes to <see cref="Faults"/>; after a fault, returned values have no meaning.
/// </summary>
internal sealed class Fields
{
    /// <summary>
    /// The maximum length of a member's text. Names and vocabulary values are far shorter; free text is a reference, not a document.
    /// </summary>
    public const int MaxTextChars = 256;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string _at;
    private readonly Faults _faults;

    /// <param name="element">The element, which must be an object; any other kind is a fault.</param>
    /// <param name="at">The name of the object in messages, such as <c>predicate.selectors</c>.</param>
    /// <param name="faults">The list that receives faults.</param>
    public Fields(JsonElement element, string at, Faults faults)
    {
        _at = at;
        _faults = faults;
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{at} must be an object");
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            _members[member.Name] = member.Value;
        }
    }

    /// <summary>The name of a member in messages.</summary>
    public string PathOf(string name) => $"{_at}.{name}";

    /// <summary>Takes a member out; null when it is absent (JSON null is a value, and no reader accepts it).</summary>
    public JsonElement? Take(string name) => _members.Remove(name, out var value) ? value : null;

    /// <summary>Takes a required member.</summary>
    public JsonElement? Require(string name)
    {
        var value = Take(name);
        if (value is null)
        {
            _faults.Add($"{PathOf(name)} is missing");
        }

        return value;
    }

    /// <summary>A text, or null when absent.</summary>
    public string? Text(string name) => Take(name) is { } value ? TextOf(value, PathOf(name), _faults) : null;

    /// <summary>A required text; empty after a fault.</summary>
    public string RequiredText(string name) => Require(name) is { } value ? TextOf(value, PathOf(name), _faults) ?? "" : "";

    /// <summary>A list of distinct texts, at least one; <c>default</c> when absent.</summary>
    public ImmutableArray<string> Texts(string name, int maxCount)
    {
        if (Take(name) is not { } value)
        {
            return default;
        }

        var path = PathOf(name);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is var count && (count < 1 || count > maxCount))
        {
            // An empty list would read as "none" to one person and as "not said" to another; leaving the member out says the latter.
            _faults.Add($"{path} must be a list of 1 to {maxCount} texts; leave it out when nothing is known");
            return default;
        }

        var texts = ImmutableArray.CreateBuilder<string>(count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in value.EnumerateArray())
        {
            if (TextOf(item, $"{path}[{texts.Count}]", _faults) is not { } text)
            {
                return default;
            }

            if (!seen.Add(text))
            {
                _faults.Add($"{path} says the same value twice");
                return default;
            }

            texts.Add(text);
        }

        return texts.MoveToImmutable();
    }

    /// <summary>A whole number from 0 to 2^53 − 1 (what every JSON reader carries exactly), or null when absent.</summary>
    public long? Count(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        // The raw text, because 1e3 and 1.0 are whole numbers to some readers and not to others.
        if (value.ValueKind == JsonValueKind.Number
            && value.GetRawText() is var raw && raw.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            && value.TryGetInt64(out var number) && number <= (1L << 53) - 1)
        {
            return number;
        }

        _faults.Add($"{PathOf(name)} must be a whole number from 0 to 9007199254740991");
        return null;
    }

    /// <summary>Reports the members that nobody took.</summary>
    public void Close()
    {
        foreach (var name in _members.Keys)
        {
            _faults.Add(IsPlain(name) ? $"{PathOf(name)} is not a field that we know" : $"{_at} has a field that we do not know");
        }
    }

    /// <summary>A text of 1 to <see cref="MaxTextChars"/> characters without control characters, or null and a fault.</summary>
    public static string? TextOf(JsonElement value, string path, Faults faults)
    {
        if (value.ValueKind == JsonValueKind.String && DecodedOf(value) is { } text && IsPlain(text))
        {
            return text;
        }

        faults.Add($"{path} must be a text of 1 to {MaxTextChars} characters, none of them a control character");
        return null;
    }

    /// <summary>The text without its escapes, or null when an escape is half of a surrogate pair.</summary>
    public static string? DecodedOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // the framework's way to say it; there is no Try form
        }
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return false;
            }
        }

        return text.Length is >= 1 and <= MaxTextChars;
    }
}
