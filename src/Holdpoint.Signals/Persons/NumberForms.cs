using System.Globalization;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>Forms of grouped digits.</summary>
internal static class NumberForms
{
    /// <summary>
    /// Whether the first groups have these lengths with the same separator between them, and no hyphen ties another group to them.
    /// </summary>
    public static bool Is(ReadOnlySpan<DigitGroup> groups, params ReadOnlySpan<int> lengths)
    {
        if (groups.Length < lengths.Length || groups[1].Separator is '(' or '/' or '_')
        {
            return false;
        }

        return AreAlike(groups, lengths);
    }

    /// <summary>
    /// Whether it is three, two and four digits with the same separator: also a slash or an underscore, where it is no stretch of a path or
    /// of a longer word.
    /// </summary>
    public static bool IsSecurityNumber(FoldedText text, ReadOnlySpan<DigitGroup> groups)
    {
        if (groups.Length < 3 || groups[1].Separator is not ('/' or '_'))
        {
            return Is(groups, 3, 2, 4);
        }

        var (from, to) = (groups[0].Start, groups[2].End);
        return groups.Length == 3 && AreAlike(groups, [3, 2, 4])
            && (from == text.Oldest || text[from - 1] is not ('/' or '=' or '.' or '-'))
            && (to == text.End || text[to] is not ('/' or '.' or '-' or '?') || (text[to] == '.' && EndsSentence(text, to)));
    }

    private static bool EndsSentence(FoldedText text, int dot) => dot + 1 == text.End || !char.IsLetterOrDigit(text[dot + 1]);

    private static bool AreAlike(ReadOnlySpan<DigitGroup> groups, ReadOnlySpan<int> lengths)
    {

        for (var index = 0; index < lengths.Length; index++)
        {
            if (groups[index].Length != lengths[index] || groups[index].Plus
                || (index > 1 && groups[index].Separator != groups[1].Separator))
            {
                return false;
            }
        }

        return groups.Length == lengths.Length || groups[1].Separator != '-' || groups[lengths.Length].Separator != '-';
    }

    /// <summary>Whether the first groups are day, month and year in either order, with the same separator, which is not a space.</summary>
    public static bool IsDate(FoldedText text, ReadOnlySpan<DigitGroup> groups)
    {
        if (groups.Length < 3 || groups[1].Separator is not ('-' or '.' or '/') || groups[2].Separator != groups[1].Separator)
        {
            return false;
        }

        return (groups[0].Length, groups[1].Length, groups[2].Length) switch
        {
            (1 or 2, 1 or 2, 4) =>
                Value(text, groups[0]) is >= 1 and <= 31 && Value(text, groups[1]) is >= 1 and <= 31
                && Value(text, groups[2]) is >= 1000 and <= 2999,
            (4, 1 or 2, 1 or 2) =>
                Value(text, groups[0]) is >= 1000 and <= 2999
                && Value(text, groups[1]) is >= 1 and <= 12 && Value(text, groups[2]) is >= 1 and <= 31,
            _ => false,
        };
    }

    /// <summary>Whether the first groups are four numbers up to 255 with dots, and no fifth.</summary>
    public static bool IsInternetAddress(FoldedText text, ReadOnlySpan<DigitGroup> groups)
    {
        if (groups.Length < 4 || (groups.Length > 4 && groups[4].Separator == '.'))
        {
            return false;
        }

        for (var index = 0; index < 4; index++)
        {
            if (groups[index].Length > 3 || Value(text, groups[index]) > 255 || (index > 0 && groups[index].Separator != '.'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the last digit is the check digit of ISO/IEC 7812-1, annex B, in which payment cards and IMEIs end.</summary>
    public static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = digits[digits.Length - 1 - index] - '0';
            sum += (index & 1) == 0 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }

        return sum % 10 == 0 && digits.ContainsAnyExcept('0');
    }

    /// <summary>Whether a bare number that passes Luhn has the first digits and the length of cards of the large schemes.</summary>
    public static bool IsCard(ReadOnlySpan<char> digits) => (digits.Length, digits[0], digits[1]) switch
    {
        (13 or 16 or 19, '4', _) => true,                                   // Visa
        (16, '5', >= '1' and <= '5') => true,                               // Mastercard
        (16, '2', >= '2' and <= '7') => true,                               // Mastercard, second series
        (15, '3', '4' or '7') => true,                                      // American Express
        (14 or 16 or 19, '3', '0' or '6' or '8' or '9') => true,            // Diners Club
        (>= 16 and <= 19, '3', '5') => true,                                // JCB
        (15, '2', '1') or (15, '1', '8') => digits[..4] is "2131" or "1800", // JCB, old
        (>= 16 and <= 19, '6', _) => true,                                  // Discover, UnionPay, Maestro
        (>= 12 and <= 19, '5', '0' or >= '6' and <= '8') => true,           // Maestro
        (>= 12 and <= 15, '6', '3' or '7') => true,                         // Maestro
        _ => false,
    };

    private static int Value(FoldedText text, DigitGroup group) =>
        int.Parse(text.Slice(group.Start, group.End), NumberStyles.None, CultureInfo.InvariantCulture);
}
