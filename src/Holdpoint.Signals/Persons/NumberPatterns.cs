using System.Buffers;
using System.Runtime.InteropServices;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// Decides which groups of digits are a phone number, a social security number, a device, a subscriber, a payment card or a passport.
/// </summary>
/// <remarks>
/// Groups are read left to right, each at most once, so that every number in a row counts. A number that its form alone does not identify
/// (nine bare digits, seven with a hyphen) counts where the field's name or a word shortly before it does.
/// </remarks>
internal sealed class NumberPatterns(RecordStack records)
{
    /// <summary>The maximum number of chars between a number and the word before it that identifies it.</summary>
    private const int MaxContext = 40;

    /// <summary>The maximum number of groups in one identifier.</summary>
    private const int MaxGroups = 8;

    private static readonly SearchValues<string> PhoneWords = SearchValues.Create(
        [
            "phone", "mobile", "whatsapp", "landline", "telefon", "tel:", "tel.", "tel ",
            "call ", "cell ", "cell:", "fax", "dial ", "msisdn", "sms ", "reach ",
            "answering", "messages to",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> SecurityWords = SearchValues.Create(
        ["ssn", "social security"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> ImeiWords = SearchValues.Create(["imei"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> ImsiWords = SearchValues.Create(["imsi"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> PassportWords = SearchValues.Create(["passport"], StringComparison.OrdinalIgnoreCase);
    private readonly char[] _digits = new char[64];
    private int _lastPhoneEnd = -1;

    /// <summary>Settles the groups of one number; of a number that may continue, only the groups that later text cannot change.</summary>
    /// <returns>The number of settled groups.</returns>
    public int Settle(FoldedText text, List<DigitGroup> groups, FieldKind field, bool isWhole)
    {
        var index = 0;
        while (index < groups.Count && (isWhole || groups.Count - index > MaxGroups))
        {
            index += Match(text, CollectionsMarshal.AsSpan(groups)[index..], field);
        }

        return index;
    }

    /// <summary>Ends the text, and prepares for the next.</summary>
    public void Complete() => _lastPhoneEnd = -1;

    private int Match(FoldedText text, ReadOnlySpan<DigitGroup> groups, FieldKind field)
    {
        if (groups[0].Plus)
        {
            return International(text, groups, first: 0);
        }

        if (NumberForms.IsDate(text, groups))
        {
            return 3;
        }

        if (NumberForms.IsInternetAddress(text, groups))
        {
            return 4;
        }

        if (NumberForms.IsSecurityNumber(text, groups))
        {
            return IsSecurityNumber(text, groups, 3) ? Add(text, IdentifierKind.SocialSecurityNumber, groups[..3]) : 3;
        }

        if (groups.Length > 1 && groups[1].Separator == '_')
        {
            return 1; // of a word or of a number in a program
        }

        var grouped = Grouped(text, groups);
        if (grouped == 0)
        {
            grouped = NorthAmerican(text, groups);
        }

        if (grouped == 0)
        {
            grouped = Bare(text, groups[0], field);
        }

        if (grouped == 0)
        {
            grouped = National(text, groups, field);
        }

        return Math.Max(1, grouped);
    }

    // Devices and cards as they are printed.
    private int Grouped(FoldedText text, ReadOnlySpan<DigitGroup> groups)
    {
        if ((NumberForms.Is(groups, 2, 6, 6, 1) || NumberForms.Is(groups, 6, 2, 6, 1)) && PassesLuhn(text, groups[..4]))
        {
            return Add(text, IdentifierKind.Imei, groups[..4]);
        }

        if (NumberForms.Is(groups, 8, 6, 1) && PassesLuhn(text, groups[..3]))
        {
            return Add(text, IdentifierKind.Imei, groups[..3]);
        }

        if (NumberForms.Is(groups, 4, 4, 4, 4) && PassesLuhn(text, groups[..4]))
        {
            return Add(text, IdentifierKind.PaymentCard, groups[..4]);
        }

        return NumberForms.Is(groups, 4, 6, 5) && PassesLuhn(text, groups[..3]) ? Add(text, IdentifierKind.PaymentCard, groups[..3]) : 0;
    }

    private int NorthAmerican(FoldedText text, ReadOnlySpan<DigitGroup> groups)
    {
        var skip = groups.Length > 3 && groups[0].Length == 1 && text[groups[0].Start] == '1' ? 1 : 0;
        var number = groups[skip..];
        if (number.Length < 3 || (number[0].Length, number[1].Length, number[2].Length) is not (3, 3, 4) || number[1].Plus || number[2].Plus
            || text[number[0].Start] < '2' || text[number[1].Start] < '2')
        {
            return 0;
        }

        return AddPhone(text, number[..3], "1") + skip;
    }

    private int Bare(FoldedText text, DigitGroup group, FieldKind field)
    {
        ReadOnlySpan<DigitGroup> one = [group];
        var digits = text.Slice(group.Start, group.End);
        switch (digits.Length)
        {
            case 9 when (field == FieldKind.SocialSecurityNumber || Says(text, group, SecurityWords)) && IsSecurityNumber(text, one, 1):
                return Add(text, IdentifierKind.SocialSecurityNumber, one);
            case >= 14 and <= 16 when field == FieldKind.Imei || Says(text, group, ImeiWords):
                return Add(text, IdentifierKind.Imei, one);
            case 14 or 15 when digits[0] is >= '2' and <= '7' && (field == FieldKind.Imsi || Says(text, group, ImsiWords)):
                return Add(text, IdentifierKind.Imsi, one);
            case >= 6 and <= 9 when field == FieldKind.Passport || Says(text, group, PassportWords):
                return Add(text, IdentifierKind.Passport, one);
            case 10 or 11 or 15 when records.SeesOnlySeams:
                return 0; // the digits at the end of one text and at the beginning of the next are no number for having its length
            case 15 when NumberForms.PassesLuhn(digits) && !NumberForms.IsCard(digits):
                return Add(text, IdentifierKind.Imei, one);
            case >= 12 when NumberForms.PassesLuhn(digits) && NumberForms.IsCard(digits):
                return Add(text, IdentifierKind.PaymentCard, one);
            case 10 or 11 when digits[0] == '0' && digits[1] != '0':
                return AddPhone(text, one, "");
            default:
                return 0;
        }
    }

    private int National(FoldedText text, ReadOnlySpan<DigitGroup> groups, FieldKind field)
    {
        if (groups[0].Length > 2 && text.Slice(groups[0].Start, groups[0].Start + 2) is "00" && text[groups[0].Start + 2] != '0')
        {
            return International(text, groups, first: 2);
        }

        // A trunk zero or an area code in parentheses tells a phone number that is written in groups; otherwise a word must.
        var tells = groups.Length > 1
            && ((groups[0].Length is >= 2 and <= 5 && text[groups[0].Start] == '0' && text[groups[0].Start + 1] != '0')
                || (groups[0].Parenthesised && groups[1].Separator == '('))
            && (!records.SeesOnlySeams || groups[0].Separator == 0); // the month of a date that runs into the next is no trunk zero
        var said = field == FieldKind.Phone || SaysPhone(text, groups[0]);
        if (!tells && !said)
        {
            return 0;
        }

        int count = 0, digits = 0;
        while (count < groups.Length && count < MaxGroups && digits + groups[count].Length <= 12 && !groups[count].Plus)
        {
            var startsNext = count > 0 && digits >= 9 && text[groups[count].Start] == '0';
            var isOneDigit = groups[count].Length == 1 && count > 0 && !said;
            if (startsNext || isOneDigit)
            {
                break;
            }

            digits += groups[count++].Length;
        }

        return digits >= (said || groups[0].Parenthesised ? 7 : 9) ? AddPhone(text, groups[..count], "") : 0;
    }

    // E.164: at most 15 digits with the country code, 11 in country code 1.
    private int International(FoldedText text, ReadOnlySpan<DigitGroup> groups, int first)
    {
        var most = (text[groups[0].Start + Math.Min(first, groups[0].Length - 1)] == '1' ? 11 : 15) + first;
        int count = 0, digits = 0;
        while (count < groups.Length && count < MaxGroups && digits + groups[count].Length <= most && (count == 0 || !groups[count].Plus))
        {
            digits += groups[count++].Length;
        }

        return digits - first >= 8 ? AddPhone(text, groups[..count], "", first) : Math.Max(1, count);
    }

    private bool SaysPhone(FoldedText text, DigitGroup group)
    {
        // In a list of phone numbers the word stands before the first.
        var goesOn = _lastPhoneEnd >= text.Oldest && _lastPhoneEnd < group.Start && group.Start - _lastPhoneEnd <= 3
            && !text.Slice(_lastPhoneEnd, group.Start).ContainsAnyExcept(" ,;/&");
        return goesOn || Says(text, group, PhoneWords);
    }

    private static bool Says(FoldedText text, DigitGroup group, SearchValues<string> words)
    {
        var before = text.Slice(Math.Max(text.Oldest, group.Start - MaxContext), group.Start);
        var from = 1 + Math.Max(before.LastIndexOfAnyInRange('0', '9'), before.LastIndexOf('\n'));
        return before[from..].IndexOfAny(words) >= 0;
    }

    private static bool IsSecurityNumber(FoldedText text, ReadOnlySpan<DigitGroup> groups, int count)
    {
        Span<char> digits = stackalloc char[9];
        Copy(text, groups[..count], digits);

        // SSA: no area 000, 666 or 900 to 999, no group 00, no serial 0000.
        return digits[..3] is not ("000" or "666") && digits[0] != '9' && digits[3..5] is not "00" && digits[5..] is not "0000";
    }

    private bool PassesLuhn(FoldedText text, ReadOnlySpan<DigitGroup> groups) =>
        NumberForms.PassesLuhn(_digits.AsSpan(0, Copy(text, groups, _digits)));

    private int AddPhone(FoldedText text, ReadOnlySpan<DigitGroup> groups, string country, int skip = 0)
    {
        country.CopyTo(_digits);
        var length = country.Length + Copy(text, groups, _digits.AsSpan(country.Length));
        _lastPhoneEnd = groups[^1].End;
        return Add(text, IdentifierKind.Phone, groups, _digits.AsSpan(skip, length - skip));
    }

    private int Add(FoldedText text, IdentifierKind kind, ReadOnlySpan<DigitGroup> groups) =>
        Add(text, kind, groups, _digits.AsSpan(0, Copy(text, groups, _digits)));

    private int Add(FoldedText text, IdentifierKind kind, ReadOnlySpan<DigitGroup> groups, ReadOnlySpan<char> digits)
    {
        // The plus sign is of the number where a seam may come directly behind it.
        var start = groups[0].Start - (records.SeesOnlySeams && groups[0].Plus ? 1 : 0);
        records.Add(kind, digits, text.RangeOf(start, groups[^1].End));
        return groups.Length;
    }

    private static int Copy(FoldedText text, ReadOnlySpan<DigitGroup> groups, Span<char> digits)
    {
        var length = 0;
        foreach (var group in groups)
        {
            text.Slice(group.Start, group.End).CopyTo(digits[length..]);
            length += group.Length;
        }

        return length;
    }
}
