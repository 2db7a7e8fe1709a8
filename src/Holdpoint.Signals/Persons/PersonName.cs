using System.Text;

namespace Holdpoint.Signals.Persons;

/// <summary>The name in a record, put together from its fields: a full name, or given name, middle name and surname.</summary>
internal sealed class PersonName
{
    /// <summary>
    /// The maximum length of a value that is read as a name, in chars, with the blanks around it; a longer one counts as a name that cannot
    /// be read.
    /// </summary>
    public const int MaxChars = 128;

    private const int MaxWords = 6;
    private readonly string?[] _parts = new string?[4];
    private readonly ByteRange[] _ranges = new ByteRange[4];

    public bool IsEmpty => _parts is [null, null, null, null];

    public int Start =>
        _parts.Index().Where(static p => p.Item is not null).Select(p => _ranges[p.Index].Start).DefaultIfEmpty(int.MaxValue).Min();

    public bool Has(FieldKind part) => _parts[Index(part)] is not null;

    public void Set(FieldKind part, string value, ByteRange range)
    {
        _parts[Index(part)] = value;
        _ranges[Index(part)] = range;
    }

    /// <summary>The words of the full name, then the words of the other parts that the full name does not have.</summary>
    public string Canonical()
    {
        var canonical = new StringBuilder(_parts[0]);
        foreach (var word in _parts.Skip(1).OfType<string>().SelectMany(static p => p.Split(' ')))
        {
            if (!canonical.ToString().Split(' ').Contains(word))
            {
                canonical.Append(canonical.Length == 0 ? "" : " ").Append(word);
            }
        }

        return canonical.ToString();
    }

    public IEnumerable<ByteRange> Ranges() => _parts.Index().Where(static p => p.Item is not null).Select(p => _ranges[p.Index]);

    public void Clear() => Array.Clear(_parts);

    public static bool IsPart(FieldKind kind) => kind is >= FieldKind.FullName and <= FieldKind.Surname;

    /// <summary>The value as name words in lower case, one space between; null when the value cannot be a person's name.</summary>
    public static string? Read(ReadOnlySpan<char> value)
    {
        var words = new StringBuilder(value.Length);
        int letters = 0, spaces = 0;
        foreach (var c in value.Trim(" \t\"'*_~"))
        {
            if (char.IsLetter(c) || char.IsSurrogate(c)
                || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.SpacingCombiningMark)
            {
                letters++;
                words.Append(char.ToLowerInvariant(c));
            }
            else if (c is ' ' or '\t' or ',')
            {
                if (words.Length > 0 && words[^1] != ' ')
                {
                    spaces++;
                    words.Append(' ');
                }
            }
            else if (c is '\'' or '-' or '.' or '(' or ')')
            {
                words.Append(c is '\'' or '-' ? c : "");
            }
            else
            {
                return null;
            }
        }

        var name = words.ToString().Trim(' ');
        return letters < (value.ContainsAnyExceptInRange('\0', '\u00FF') ? 1 : 2) || spaces >= MaxWords || IsPlaceholder(name)
            ? null
            : name;
    }

    /// <summary>Whether the value, which nothing but its place says is a name, looks like one: words that begin with capitals.</summary>
    /// <param name="value">The value, in folded text.</param>
    /// <param name="mayBeLower">Whether its words may begin with a small letter.</param>
    /// <param name="fewestWords">The fewest words; at most four are likely.</param>
    public static bool IsLikely(ReadOnlySpan<char> value, bool mayBeLower, int fewestWords = 1)
    {
        value = value.Trim(" \t\"'");
        var (words, isBegun) = (0, false);
        foreach (var c in value)
        {
            if (c is ' ' or '\t')
            {
                isBegun = false;
            }
            else if (!char.IsLetter(c) && !char.IsSurrogate(c) && c is not ('\'' or '-' or '.'))
            {
                return false;
            }
            else if (!isBegun)
            {
                if (!mayBeLower && char.IsAsciiLetterLower(c))
                {
                    return false;
                }

                (words, isBegun) = (words + 1, true);
            }
        }

        // Scripts without spaces and without case have names of one word.
        return words <= 4 && (words >= fewestWords || (words == 1 && value.ContainsAnyInRange('\u0590', '\uFFFF')));
    }

    private static bool IsPlaceholder(string name) =>
        name is "null" or "none" or "nil" or "nan" or "true" or "false" or "undefined" or "unknown"
        or "string" or "text" or "name" or "value" or "na";

    private static int Index(FieldKind part) => part - FieldKind.FullName;
}
