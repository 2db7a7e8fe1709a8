using System.Globalization;
using System.Text;

namespace Holdpoint.Analysis.SmtLib;

/// <summary>String literals of SMT-LIB 2.6: printable ASCII, everything else as <c>\u{…}</c>.</summary>
internal static class SmtString
{
    /// <summary>The last code point that SMT-LIB's strings have (theory UnicodeStrings); Unicode goes further.</summary>
    public const int LastCodePoint = 0x2FFFF;

    /// <summary>Whether every character of the text has a place in SMT-LIB's strings.</summary>
    public static bool CanWrite(string text) =>
        !text.EnumerateRunes().Any(rune => rune.Value > LastCodePoint || rune == Rune.ReplacementChar);

    /// <summary>The text as a literal, quotes included.</summary>
    public static string Write(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            literal.Append(rune.Value switch
            {
                '"' => "\"\"",
                // A solver must not take our text for an escape.
                '\\' or < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}"),
                _ => rune.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>The text that a literal stands for; what is no escape is kept as it is.</summary>
    public static string Read(string content)
    {
        var text = new StringBuilder();
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '\\' && TryReadEscape(content, i, out var code, out var length))
            {
                // Solvers may use the numbers of surrogates as characters; two of them in a row then read as one.
                text.Append(code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code));
                i += length - 1;
            }
            else
            {
                text.Append(content[i]);
            }
        }

        return text.ToString();
    }

    private static bool TryReadEscape(string content, int at, out int code, out int length)
    {
        (code, length) = (0, 0);
        var rest = content.AsSpan(at);
        if (rest.StartsWith(@"\u{") && rest.IndexOf('}') is > 3 and <= 8 and var end)
        {
            length = end + 1;
            return int.TryParse(rest[3..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code)
                && code <= LastCodePoint;
        }

        length = 6;
        return rest.StartsWith(@"\u") && rest.Length >= 6
            && int.TryParse(rest[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
