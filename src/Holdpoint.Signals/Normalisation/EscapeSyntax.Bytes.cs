using System.Buffers;
using System.Text;

namespace Holdpoint.Signals.Normalisation;

/// <content>Escapes that stand for bytes, one or several of which are a character in UTF-8: percent, octal, quoted-printable.</content>
internal static partial class EscapeSyntax
{
    private const int HexUnit = 3; // %HH, =HH
    private const int OctalUnit = 4; // \NNN
    private const int FirstPrintable = 0x20;

    /// <summary>As many escapes as make one character, each of <paramref name="unit"/> scalars.</summary>
    private static Escape Utf8(ReadOnlySpan<Scalar> text, int unit)
    {
        Span<byte> bytes = stackalloc byte[4];
        for (var count = 0; count < 4; count++)
        {
            var at = unit * count;
            if (count > 0)
            {
                if (text.Length == at)
                {
                    return new(Incomplete);
                }

                if (text[at].CodePoint != text[0].CodePoint)
                {
                    return new(NotAnEscape);
                }
            }

            var value = unit == HexUnit ? Hex(text, at + 1, 2) : OctalNumber(text, at + 1);
            if (value is < 0 or > 0xFF)
            {
                return new(value == -1 ? Incomplete : NotAnEscape);
            }

            bytes[count] = (byte)value;
            switch (Rune.DecodeFromUtf8(bytes[..(count + 1)], out var rune, out _))
            {
                case OperationStatus.Done:
                    return new(unit * (count + 1), EscapeLetters.IsMark(rune.Value) ? Replacement : rune.Value);
                case OperationStatus.InvalidData:
                    return new(NotAnEscape);
            }
        }

        return new(NotAnEscape);
    }

    /// <summary>
    /// <c>\NNN</c> as in C, where it is a character that people see or white space; or <c>\0NNN</c>, as echo writes letters. Other
    /// numbers are a stray backslash before digits (<c>agent \007</c>), or NUL.
    /// </summary>
    private static Escape Octal(ReadOnlySpan<Scalar> text, bool atEnd)
    {
        var value = OctalNumber(text, 1);
        if (value == -1)
        {
            return new(atEnd ? NotAnEscape : Incomplete);
        }

        if (value >= FirstPrintable)
        {
            return Utf8(text, OctalUnit);
        }

        var letter = value < 0 || text[1].CodePoint != '0' ? -2 : OctalNumber(text, 2);
        return letter == -1 && !atEnd ? new(Incomplete)
            : letter is >= FirstPrintable and < 0x7F ? new(OctalUnit + 1, letter)
            : value is >= '\t' and <= '\r' ? new(OctalUnit, value)
            : new(NotAnEscape);
    }

    /// <summary>
    /// <c>=HH</c> of quoted-printable (RFC 2045 section 6.7), where code and parameters write nothing alike: several in a row, those of
    /// one character beyond ASCII, and an at sign before a letter. A single one is an assignment as well (<c>lat=40.71</c>): phrases alone
    /// are looked for behind it, in a reading of their own.
    /// </summary>
    private static Escape Quoted(ReadOnlySpan<Scalar> text, bool afterQuoted)
    {
        var escape = Utf8(text, HexUnit);
        if (escape.Length != HexUnit || afterQuoted)
        {
            return escape;
        }

        if (text.Length == HexUnit)
        {
            return new(Incomplete);
        }

        var next = text[HexUnit].CodePoint;
        if (next == '=')
        {
            var value = Hex(text, HexUnit + 1, 2);
            return value >= 0 ? escape : new(value == -1 ? Incomplete : NotAnEscape);
        }

        return escape.CodePoint == '@' && next < 0x80 && char.IsAsciiLetter((char)next) ? escape : new(NotAnEscape);
    }

    /// <summary>A number of three octal digits; -1 when the text ends in it, -2 when it is not a number.</summary>
    private static int OctalNumber(ReadOnlySpan<Scalar> text, int from)
    {
        var value = 0;
        for (var index = from; index < from + 3; index++)
        {
            if (index >= text.Length)
            {
                return -1;
            }

            if (text[index].CodePoint is not (>= '0' and <= '7' and var digit))
            {
                return -2;
            }

            value = (value * 8) + (digit - '0');
        }

        return value;
    }
}
