using System.Globalization;

namespace Holdpoint.Gateway.Settings;

/// <summary>
/// The forms in which YAML 1.1 writes numbers and truth values, all of which the configuration has taken from its beginning:
/// <c>16_384</c>, <c>0x4000</c>, <c>040000</c>, <c>0b1</c>, <c>1:30</c> (sixty and thirty), <c>1e3</c>, <c>yes</c>.
/// </summary>
internal static class ScalarForms
{
    private static readonly NumberFormatInfo Numbers = new()
    {
        NumberDecimalSeparator = ".",
        NumberGroupSeparator = "_",
        NaNSymbol = ".nan",
        PositiveInfinitySymbol = ".inf",
        NegativeInfinitySymbol = "-.inf",
    };

    // A terabyte and some: what is larger is nothing that anybody means, and overflows nothing yet when a digit follows.
    private const long Most = 1L << 50;

    /// <returns>Null where the text is not a whole number, or is one far beyond what any key can have.</returns>
    public static long? Whole(string text)
    {
        var digits = text.AsSpan();
        var isNegative = digits is ['-', ..];
        digits = digits is ['-' or '+', ..] ? digits[1..] : digits;
        long? value = digits switch
        {
            ['0'] => 0,
            ['0', 'b', .. var rest] => InBase(rest, 2),
            ['0', 'x', .. var rest] => InBase(rest, 16),
            ['0', .. var rest] => InBase(rest, 8),
            _ => InSixties(digits),
        };
        return isNegative ? -value : value;
    }

    /// <returns>Null where the text is not a number.</returns>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, Numbers, out var number) ? number : null;

    /// <returns>Null where the text is neither.</returns>
    public static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "y" or "on" => true,
        "false" or "no" or "n" or "off" => false,
        _ => null,
    };

    private static long? InSixties(ReadOnlySpan<char> text)
    {
        long value = 0;
        foreach (var part in text.Split(':'))
        {
            if (InBase(text[part].Trim(), 10) is not { } digits || value > Most)
            {
                return null;
            }

            value = (value * 60) + digits;
        }

        return value;
    }

    private static long? InBase(ReadOnlySpan<char> text, int radix)
    {
        long value = 0;
        var any = false;
        foreach (var c in text)
        {
            if (c == '_')
            {
                continue;
            }

            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix || value > Most)
            {
                return null;
            }

            value = (value * radix) + digit;
            any = true;
        }

        return any ? value : null;
    }
}
