using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// International bank account numbers (ISO 13616): a country, two check digits, as many characters as the country has, checked modulo 97;
/// single spaces between groups are allowed.
/// </summary>
internal sealed class IbanScanner(RecordStack records)
{
    private const int MaxLength = 34;

    // Country codes by total length, after the IBAN registry.
    private static readonly Dictionary<string, int> Lengths = Read(
        "NO:15 BE:16 DK FI FO GL NL SD:18 MK SI:19 AT BA EE KZ LT LU MN XK:20 CH CR HR LI LV:21 "
        + "BG BH DE GB GE IE ME RS VA:22 AE GI IL IQ OM SO TL:23 AD CZ ES MD PK RO SA SE SK TN VG:24 LY PT ST:25 IS TR:26 "
        + "BI DJ FR GR IT MC MR SM:27 AL AZ BY CY DO GT HN HU LB NI PL SV:28 BR EG PS QA UA:29 JO KW MU YE:30 MT SC:31 LC:32 RU:33");

    private readonly char[] _chars = new char[MaxLength];
    private int _count;
    private int _start;
    private int _end;
    private int _expected;

    public bool IsIdle => _expected == 0;

    public int HoldFrom(FoldedText text) => IsIdle ? int.MaxValue : text.StartOrMax(_start);

    public void Push(FoldedText text, char c, int position)
    {
        if (_expected == 0)
        {
            Begin(text, c, position);
        }
        else if (c < 128 && char.IsAsciiLetterOrDigit(c) && _count < _expected)
        {
            Take(c, position);
        }
        else if (_count == _expected && !char.IsLetterOrDigit(c))
        {
            End(text);
        }
        else if (c != ' ' || _end < position || _count == _expected)
        {
            _expected = 0;
        }
    }

    public void Complete(FoldedText text)
    {
        if (_expected != 0 && _count == _expected)
        {
            End(text);
        }

        _expected = 0;
    }

    private void Begin(FoldedText text, char c, int position)
    {
        if (!char.IsAsciiDigit(c)
            || position - 2 < text.Oldest
            || !char.IsAsciiLetter(text[position - 1])
            || !char.IsAsciiLetter(text[position - 2])
            || (position - 3 >= text.Oldest && char.IsLetterOrDigit(text[position - 3])))
        {
            return;
        }

        Span<char> country = [char.ToUpperInvariant(text[position - 2]), char.ToUpperInvariant(text[position - 1])];
        if (Lengths.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(country, out _expected))
        {
            _count = 0;
            _start = position - 2;
            Take(country[0], position - 2);
            Take(country[1], position - 1);
            Take(c, position);
        }
    }

    private void Take(char c, int position)
    {
        _chars[_count++] = char.ToUpperInvariant(c);
        _end = position + 1;
    }

    private void End(FoldedText text)
    {
        var remainder = 0;
        for (var index = 0; index < _count; index++)
        {
            var c = _chars[(index + 4) % _count];
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = ((remainder * (value > 9 ? 100 : 10)) + value) % 97;
        }

        if (remainder == 1)
        {
            records.Add(IdentifierKind.Iban, _chars.AsSpan(0, _count), text.RangeOf(_start, _end));
        }

        _expected = 0;
    }

    private static Dictionary<string, int> Read(string table)
    {
        Dictionary<string, int> lengths = [];
        List<string> waiting = [];
        foreach (var entry in table.Split(' '))
        {
            waiting.Add(entry[..2]);
            if (entry.Length > 2)
            {
                waiting.ForEach(
                    country => lengths.Add(country, int.Parse(entry.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture)));
                waiting.Clear();
            }
        }

        return lengths;
    }
}
