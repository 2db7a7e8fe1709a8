using System.Text;

namespace Holdpoint.Signals.Normalisation;

/// <summary>An escape that was read: the number of its scalars, its meaning, and for a one-letter escape its letter.</summary>
internal readonly record struct Escape(int Length, int CodePoint = 0, int Letter = 0);

/// <summary>
/// The escapes that are undone: <c>\n</c> and its kin, <c>\xHH</c>, <c>\uHHHH</c> (with surrogate pairs), <c>\u{H…}</c>,
/// <c>\UHHHHHHHH</c>; <c>%HH</c> and <c>\NNN</c> where the bytes are UTF-8, <c>%uHHHH</c>; <c>=HH</c> where it is plainly
/// quoted-printable; <c>&amp;#D;</c>, <c>&amp;#xH;</c> and <c>&amp;name;</c>, the semicolon missing where HTML lets it.
/// </summary>
internal static partial class EscapeSyntax
{
    public const int MaxScalars = 24;
    public const int NotAnEscape = 0;
    public const int Incomplete = -1;
    private const int Replacement = 0xFFFD;

    public static bool Begins(int codePoint) => codePoint is '\\' or '&' or '%' or '=';

    /// <summary>Reads the escape at the start of <paramref name="text"/>, whose first scalar <see cref="Begins"/> an escape.</summary>
    /// <param name="text">The scalars.</param>
    /// <param name="atEnd">Whether the text ends behind them.</param>
    /// <param name="afterQuoted">Whether an escape of quoted-printable ends directly before them.</param>
    /// <returns>
    /// An escape; or one of length <see cref="Incomplete"/> (never with <paramref name="atEnd"/>) or <see cref="NotAnEscape"/>.
    /// </returns>
    public static Escape Read(ReadOnlySpan<Scalar> text, bool atEnd, bool afterQuoted)
    {
        var escape = text.Length == 1 ? new(Incomplete) : text[0].CodePoint switch
        {
            '\\' => Backslash(text, atEnd),
            '%' => text[1].CodePoint == 'u' ? Fixed(text, 2, 4) : Utf8(text, HexUnit),
            '=' => Quoted(text, afterQuoted),
            _ => text[1].CodePoint == '#' ? NumericReference(text, atEnd) : NamedReference(text, atEnd),
        };
        return escape.Length == Incomplete && (atEnd || text.Length == MaxScalars) ? new(NotAnEscape) : escape;
    }

    private static Escape Backslash(ReadOnlySpan<Scalar> text, bool atEnd)
    {
        var letter = text[1].CodePoint;
        switch (letter)
        {
            case 'u' or 'x' when text.Length > 2 && text[2].CodePoint == '{':
                return Braced(text);
            case 'u':
                return Utf16(text, atEnd);
            case 'x':
                return Fixed(text, 2, 2);
            case 'U':
                return Fixed(text, 2, 8);
            case '"' or '\'' or '/' or '\\' or '&' or '%':
                return new(2, letter);
            case >= '0' and <= '3' when Octal(text, atEnd) is { Length: not NotAnEscape } octal:
                return octal;
            default:
                return EscapeLetters.MeaningOf(letter) is >= 0 and var meaning ? new(2, meaning, letter) : new(NotAnEscape);
        }
    }

    private static Escape Utf16(ReadOnlySpan<Scalar> text, bool atEnd)
    {
        var high = Hex(text, 2, 4);
        if (high < 0 || !char.IsSurrogate((char)high))
        {
            return Result(high, 6);
        }

        // A pair is two escapes. What is only half of one stands for nothing that can be read.
        for (var index = 6; index < 12 && char.IsHighSurrogate((char)high); index++)
        {
            if (index == text.Length)
            {
                return atEnd ? new(6, Replacement) : new(Incomplete);
            }

            var expected = index switch
            {
                6 => text[index].CodePoint == '\\',
                7 => text[index].CodePoint == 'u',
                _ => HexValue(text[index].CodePoint) >= 0,
            };
            if (!expected)
            {
                return new(6, Replacement);
            }

            if (index == 11 && Hex(text, 8, 4) is var low && char.IsLowSurrogate((char)low))
            {
                return new(12, char.ConvertToUtf32((char)high, (char)low));
            }
        }

        return new(6, Replacement);
    }

    private static Escape Braced(ReadOnlySpan<Scalar> text)
    {
        var value = 0;
        for (var index = 3; index < text.Length; index++)
        {
            if (text[index].CodePoint == '}')
            {
                return index == 3 ? new(NotAnEscape) : Result(value, index + 1);
            }

            if (HexValue(text[index].CodePoint) is >= 0 and var digit && index < 9)
            {
                value = (value << 4) | digit;
            }
            else
            {
                return new(NotAnEscape);
            }
        }

        return new(Incomplete);
    }

    private static Escape NumericReference(ReadOnlySpan<Scalar> text, bool atEnd)
    {
        var isHex = text.Length > 2 && text[2].CodePoint is 'x' or 'X';
        var value = 0;
        var first = isHex ? 3 : 2;
        for (var index = first; index <= text.Length; index++)
        {
            var c = index == text.Length ? -1 : text[index].CodePoint;
            var digit = HexValue(c);
            if (digit >= 0 && (isHex || digit < 10) && index - first < 8)
            {
                value = Math.Min((value * (isHex ? 16 : 10)) + digit, 0x110000);
            }
            else if (c < 0 && !atEnd)
            {
                return new(Incomplete);
            }
            else
            {
                return index == first ? new(NotAnEscape) : Result(value, index + (c == ';' ? 1 : 0));
            }
        }

        return new(Incomplete);
    }

    private static Escape NamedReference(ReadOnlySpan<Scalar> text, bool atEnd)
    {
        Span<char> name = stackalloc char[HtmlNames.MaxChars];
        for (var index = 1; index < text.Length; index++)
        {
            var c = text[index].CodePoint;
            if (c == ';')
            {
                var scalar = HtmlNames.ScalarOf(name[..(index - 1)]);
                return scalar < 0 ? new(NotAnEscape) : new(index + 1, scalar);
            }

            if (c > 0x7F || !char.IsAsciiLetterOrDigit((char)c) || index > HtmlNames.MaxChars)
            {
                return c == '=' ? new(NotAnEscape) : WithoutSemicolon(name[..(index - 1)]); // a parameter's name in a URL is no reference
            }

            name[index - 1] = (char)c;
        }

        return atEnd ? WithoutSemicolon(name[..(text.Length - 1)]) : new(Incomplete);
    }

    private static Escape WithoutSemicolon(ReadOnlySpan<char> name) =>
        HtmlNames.ScalarAtFront(name, out var length) is >= 0 and var scalar && length == name.Length
            ? new(length + 1, scalar)
            : new(NotAnEscape);

    private static Escape Fixed(ReadOnlySpan<Scalar> text, int from, int digits) => Result(Hex(text, from, digits), from + digits);

    private static Escape Result(int value, int length) => value switch
    {
        -1 => new(Incomplete),
        -2 => new(NotAnEscape),
        _ => new(length, Rune.IsValid(value) && !EscapeLetters.IsMark(value) ? value : Replacement),
    };

    /// <summary>A number of so many hexadecimal digits; -1 when the text ends in it, -2 when it is not a number.</summary>
    private static int Hex(ReadOnlySpan<Scalar> text, int from, int digits)
    {
        var value = 0L;
        for (var index = from; index < from + digits; index++)
        {
            if (index >= text.Length)
            {
                return -1;
            }

            var digit = HexValue(text[index].CodePoint);
            if (digit < 0)
            {
                return -2;
            }

            value = (value << 4) | (uint)digit;
        }

        return value > 0x10FFFF ? Replacement : (int)value;
    }

    internal static int HexValue(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
