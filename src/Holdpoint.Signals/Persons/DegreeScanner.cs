using System.Globalization;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// Pairs of a latitude and a longitude in degrees, minutes and seconds, such as <c>40°42'46"N 74°00'21"W</c>.
/// </summary>
/// <remarks>
/// A second of arc is 31 metres, a minute 1,852: so "precise" (28 CFR 202.242: 1,000 metres) are seconds, or decimals of a minute.
/// </remarks>
internal sealed class DegreeScanner(RecordStack records)
{
    /// <summary>The maximum number of chars of one of the two: degrees, minutes, seconds with six decimals, signs and spaces.</summary>
    private const int MaxChars = 40;

    /// <summary>The maximum number of chars between the two.</summary>
    private const int MaxGap = 8;

    private int _start = -1;
    private int _degree;
    private (char Axis, double Value, int Start, int End)? _first;

    public bool IsIdle => _start < 0;

    public int HoldFrom(FoldedText text)
    {
        var first = _first is { } before && text.End - before.End <= MaxGap ? text.StartOrMax(before.Start) : int.MaxValue;
        return IsIdle ? first : Math.Min(first, text.StartOrMax(_start));
    }

    public void Push(FoldedText text, char c, int position)
    {
        if (c == '\u00B0')
        {
            End(text, position);
            Begin(text, position);
        }
        else if (_start >= 0 && (position - _start > MaxChars || !IsPart(c) || "NSEW".Contains(c)))
        {
            End(text, position + ("NSEW".Contains(c) && position - _start <= MaxChars ? 1 : 0));
        }
    }

    public void Complete(FoldedText text)
    {
        End(text, text.End);
        _first = null;
    }

    private void Begin(FoldedText text, int position)
    {
        var from = position;
        while (from > text.Oldest && position - from < 4 && char.IsAsciiDigit(text[from - 1]))
        {
            from--;
        }

        if (position - from is >= 1 and <= 3)
        {
            var letter = from > text.Oldest && text[from - 1] == ' ' ? from - 2 : from - 1;

            // The letter before may be that behind the first of the two.
            var isFree = letter >= text.Oldest && (_first is not { } first || letter >= first.End);
            from = isFree && "NSEW".Contains(text[letter]) ? letter : from;
            (_start, _degree) = (from, position);
        }
    }

    private void End(FoldedText text, int end)
    {
        if (_start < 0)
        {
            return;
        }

        var (start, degree) = (_start, _degree);
        _start = -1;
        var whole = text.Slice(start, end);
        var axis = "NSEW".Contains(whole[0]) ? whole[0] : whole[^1];
        if (!"NSEW".Contains(axis) || Read(text.Slice(degree + 1, end)) is not { } minutes)
        {
            _first = null;
            return;
        }

        var degrees = int.Parse(text.Slice(start, degree).TrimStart("NSEW "), NumberStyles.None, CultureInfo.InvariantCulture);
        var value = (degrees + (minutes / 60)) * (axis is 'S' or 'W' ? -1 : 1);
        if (_first is { } first && start - first.End <= MaxGap && (first.Axis is 'N' or 'S') != (axis is 'N' or 'S'))
        {
            var (latitude, longitude) = axis is 'N' or 'S' ? (value, first.Value) : (first.Value, value);
            records.Add(
                IdentifierKind.Coordinates,
                string.Create(CultureInfo.InvariantCulture, $"{latitude:F5},{longitude:F5}"),
                text.RangeOf(Math.Max(first.Start, text.Oldest), end));
            _first = null;
        }
        else
        {
            _first = (axis, value, start, end);
        }
    }

    // The minutes of arc; null where there are none as precise as they have to be.
    private static double? Read(ReadOnlySpan<char> text)
    {
        Span<double> numbers = stackalloc double[2];
        var (count, isPrecise) = (0, false);
        for (var index = 0; index < text.Length;)
        {
            var from = index;
            while (index < text.Length && (char.IsAsciiDigit(text[index]) || text[index] == '.'))
            {
                index++;
            }

            if (index == from)
            {
                index++;
                continue;
            }

            var number = text[from..index];
            if (count == 2 || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out numbers[count])
                || numbers[count++] >= 60)
            {
                return null;
            }

            isPrecise |= count == 2 || number.Contains('.');
        }

        return isPrecise ? numbers[0] + (numbers[1] / 60) : null;
    }

    private static bool IsPart(char c) =>
        char.IsAsciiDigit(c) || c is '.' or '\'' or '"' or ' ' or '\u2032' or '\u2033' or '\u2019' or '\u201D';
}
