using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Holdpoint.Policy.Syntax;

/// <summary>
/// Reads the escapes of string and pattern literals: those of Rust's strings, as Cedar has them, and <c>\*</c> in patterns.
/// </summary>
internal static class StringLiteral
{
    /// <param name="raw">The text between the quotes.</param>
    /// <param name="offset">Where it stands, for diagnostics.</param>
    /// <param name="diagnostics">Gets every bad escape.</param>
    /// <returns>The text that is meant, or null after a diagnostic.</returns>
    public static string? Unescape(ReadOnlySpan<char> raw, int offset, DiagnosticBag diagnostics)
    {
        var segments = Read(raw, offset, isPattern: false, diagnostics);
        return segments.IsDefault ? null : segments[0];
    }

    /// <inheritdoc cref="Unescape"/>
    public static Pattern? UnescapePattern(ReadOnlySpan<char> raw, int offset, DiagnosticBag diagnostics)
    {
        var segments = Read(raw, offset, isPattern: true, diagnostics);
        return segments.IsDefault ? null : new Pattern(segments);
    }

    private static ImmutableArray<string> Read(ReadOnlySpan<char> raw, int offset, bool isPattern, DiagnosticBag diagnostics)
    {
        var segments = ImmutableArray.CreateBuilder<string>(1);
        var text = new StringBuilder(raw.Length);
        var sound = true;
        for (var at = 0; at < raw.Length;)
        {
            var rest = raw[at..];
            var length = 1;
            var rune = new Rune(0);
            if (rest[0] != '\\')
            {
                sound &= rest[0] != '\r' || Refuse("a bare carriage return in a string", "write `\\r`");
                if (Rune.DecodeFromUtf16(rest, out rune, out length) != OperationStatus.Done)
                {
                    sound &= Refuse("half of a surrogate pair in a string", "the text is not well-formed Unicode");
                }
            }
            else if (isPattern && rest.StartsWith(@"\*"))
            {
                text.Append('*');
                at += 2;
                continue;
            }
            else
            {
                length = ReadEscape(rest, out rune);
                if (length < 0)
                {
                    length = -length;
                    sound &= Refuse(
                        $"`{rest[..length]}` is not an escape", "the escapes are \\n \\r \\t \\\\ \\0 \\\" \\' \\x41 \\u{1F600}");
                }
            }

            // In a pattern an escaped code for the star is a wildcard too: Cedar looks for it after reading escapes.
            if (isPattern && rune.Value == '*')
            {
                segments.Add(text.ToString());
                text.Clear();
            }
            else
            {
                text.Append(rune);
            }

            at += length;

            bool Refuse(string message, string suggestion)
            {
                diagnostics.Add(SyntaxCode.BadEscape, message, new(offset + at, length), suggestion);
                return false;
            }
        }

        segments.Add(text.ToString());
        return sound ? segments.ToImmutable() : default;
    }

    /// <returns>The length of the escape at the start of the text; negative when that many characters are no escape.</returns>
    private static int ReadEscape(ReadOnlySpan<char> text, out Rune rune)
    {
        rune = new Rune('\0');
        switch (text.Length < 2 ? '\0' : text[1])
        {
            case 'n': rune = new('\n'); return 2;
            case 'r': rune = new('\r'); return 2;
            case 't': rune = new('\t'); return 2;
            case '\\': rune = new('\\'); return 2;
            case '0': return 2;
            case '\'': rune = new('\''); return 2;
            case '"': rune = new('"'); return 2;
            case 'x':
                // Two digits, and only as far as ASCII: above it, a code would be taken for a byte.
                var digits = text[2..Math.Min(4, text.Length)];
                if (digits.Length < 2 || !TryHex(digits, out var ascii) || ascii > 0x7F)
                {
                    return -Math.Min(4, text.Length);
                }

                rune = new(ascii);
                return 4;
            case 'u':
                return ReadUnicodeEscape(text, out rune);
            default:
                return -Math.Min(2, text.Length);
        }
    }

    private static int ReadUnicodeEscape(ReadOnlySpan<char> text, out Rune rune)
    {
        rune = default;
        var end = text.IndexOf('}');
        if (end < 0 || text[2] != '{')
        {
            return -2;
        }

        // One to six digits; underscores may stand between and after them, not before.
        Span<char> digits = stackalloc char[6];
        var count = 0;
        foreach (var c in text[3..end])
        {
            if (c == '_' && count > 0)
            {
                continue;
            }

            if (c == '_' || count == digits.Length)
            {
                return -(end + 1);
            }

            digits[count++] = c;
        }

        return TryHex(digits[..count], out var code) && Rune.TryCreate(code, out rune) ? end + 1 : -(end + 1);
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
