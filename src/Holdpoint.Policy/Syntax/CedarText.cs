using System.Globalization;
using System.Text;

namespace Holdpoint.Policy.Syntax;

/// <summary>The spelling of Cedar names and strings.</summary>
internal static class CedarText
{
    private static readonly HashSet<string> Reserved =
        new(StringComparer.Ordinal) { "true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar" };

    /// <summary>Whether the word may not stand for an attribute or a part of a type name.</summary>
    public static bool IsReserved(string word) => Reserved.Contains(word);

    /// <summary>Whether the text has the form of an identifier, reserved or not.</summary>
    public static bool IsWord(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !IsWordStart(text[0]))
        {
            return false;
        }

        foreach (var c in text[1..])
        {
            if (!IsWordPart(c))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsWordStart(char c) => c == '_' || char.IsAsciiLetter(c);

    public static bool IsWordPart(char c) => c == '_' || char.IsAsciiLetterOrDigit(c);

    /// <summary>Whether the text is an identifier that can stand unquoted as an attribute.</summary>
    public static bool IsPlainName(string text) => IsWord(text) && !IsReserved(text);

    /// <summary>Whether the text is a type name: plain names joined by <c>::</c>, without spaces.</summary>
    public static bool IsTypeName(string text)
    {
        foreach (var part in text.Split("::"))
        {
            if (!IsPlainName(part))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text as a Cedar string literal, quotes included.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        AppendEscaped(quoted, text);
        return quoted.Append('"').ToString();
    }

    public static void AppendEscaped(StringBuilder target, string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': target.Append("\\\""); break;
                case '\\': target.Append(@"\\"); break;
                case '\n': target.Append(@"\n"); break;
                case '\r': target.Append(@"\r"); break;
                case '\t': target.Append(@"\t"); break;
                case '\0': target.Append(@"\0"); break;
                case < ' ' or '\x7f':
                    target.Append(CultureInfo.InvariantCulture, $@"\u{{{(int)c:x}}}");
                    break;
                default: target.Append(c); break;
            }
        }
    }
}
