using System.Buffers;
using System.Globalization;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>Pairs of a latitude and a longitude in decimal degrees, in either order.</summary>
/// <remarks>
/// "Precise" is within 1,000 metres, as in 28 CFR 202.242: two decimals, where a word or a field says that it is a coordinate. A pair that
/// nothing announces needs seven decimals together, three at least in each, because tables are full of other decimals; and both values
/// between -1 and 1 are then taken for probabilities (there is only sea there).
/// </remarks>
internal sealed class CoordinateScanner(RecordStack records)
{
    /// <summary>The maximum number of chars between the two numbers of a pair.</summary>
    private const int MaxGap = 32;

    private const int MaxDigits = 20;

    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["latitude", "lat:", "lat=", "lat\"", "lat ", "gps", "coord", "location", "position", "geo"], StringComparison.OrdinalIgnoreCase);

    private int _start = -1;
    private int _dot;
    private bool _isGlued;
    private bool _afterSecondDot;
    private Reading? _first;

    /// <summary>Whether no number is in progress that the next char could change.</summary>
    public bool IsIdle => _start < 0;

    public int HoldFrom(FoldedText text)
    {
        var first = _first is { } reading && text.End - reading.End <= MaxGap ? text.StartOrMax(reading.Start) : int.MaxValue;
        return IsIdle ? first : Math.Min(first, text.StartOrMax(_start));
    }

    public void Push(FoldedText text, char c, int position, FieldKind field)
    {
        if (_start >= 0 && !Continue(c, position))
        {
            End(text, position, field);
        }

        if (_start < 0 && char.IsAsciiDigit(c))
        {
            var before = position > text.Oldest ? text[position - 1] : ' ';
            _start = before is '-' or '+' ? position - 1 : position;
            _dot = -1;
            _isGlued = char.IsLetterOrDigit(before) || before is '_' or '.';
            _afterSecondDot = false;
        }
    }

    public void Complete(FoldedText text, FieldKind field)
    {
        if (_start >= 0)
        {
            End(text, text.End, field);
        }

        _first = null;
    }

    private bool Continue(char c, int position)
    {
        if (_afterSecondDot)
        {
            _isGlued |= char.IsAsciiDigit(c); // 192.0.2.1 is no decimal
            return false;
        }

        if (c == '.' && _dot < 0)
        {
            _dot = position;
            return true;
        }

        _afterSecondDot = c == '.';
        return _afterSecondDot || char.IsAsciiDigit(c);
    }

    private void End(FoldedText text, int position, FieldKind field)
    {
        var (start, end) = (_start, position - (_afterSecondDot ? 1 : 0));
        _start = -1;
        var decimals = end - _dot - 1;
        if (_isGlued || _dot < 0 || decimals is < 2 or > MaxDigits || end - start > MaxDigits + 5)
        {
            return;
        }

        var value = double.Parse(text.Slice(start, end), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (Math.Abs(value) > 180)
        {
            _first = null;
        }
        else if (field is FieldKind.Latitude or FieldKind.Longitude)
        {
            _first = null;
            records.AddCoordinate(field, text.Slice(start, end).TrimStart('+').ToString(), text.RangeOf(start, end));
        }
        else
        {
            var reading = new Reading(start, end, value, decimals);
            _first = _first is { } first && IsPair(text, first, reading) ? null : reading;
        }
    }

    private bool IsPair(FoldedText text, Reading first, Reading second)
    {
        if (second.Start - first.End > MaxGap || first.Start < text.Oldest || (Math.Abs(first.Value) > 90 && Math.Abs(second.Value) > 90))
        {
            return false;
        }

        var gap = text.Slice(first.End, second.Start);
        if (!Connects(gap, out var isLabelled))
        {
            return false;
        }

        isLabelled |= text.Slice(Math.Max(text.Oldest, first.Start - MaxGap), first.Start).IndexOfAny(Words) >= 0;
        var isPrecise = first.Decimals >= 3 && second.Decimals >= 3 && first.Decimals + second.Decimals >= 7;
        var isNothing = Math.Abs(first.Value) < 1 && Math.Abs(second.Value) < 1;
        if (!isLabelled && (!isPrecise || isNothing))
        {
            return false;
        }

        var latitude = text.Slice(first.Start, first.End);
        var longitude = text.Slice(second.Start, second.End);
        var range = text.RangeOf(first.Start, second.End);
        records.Add(IdentifierKind.Coordinates, $"{latitude.TrimStart('+')},{longitude.TrimStart('+')}", range);
        return true;
    }

    // Between the two stand only signs, and words that name the second or say in which hemisphere the first is.
    private static bool Connects(ReadOnlySpan<char> gap, out bool isLabelled)
    {
        isLabelled = gap.Contains('\u00B0');
        if (gap.IsEmpty || (gap.Contains('\n') && !gap.Contains(',')))
        {
            return false;
        }

        Span<char> lower = stackalloc char[MaxGap];
        for (var index = 0; index < gap.Length;)
        {
            if (!char.IsLetterOrDigit(gap[index]))
            {
                index++;
                continue;
            }

            var word = index;
            while (index < gap.Length && char.IsLetterOrDigit(gap[index]))
            {
                index++;
            }

            var length = gap[word..index].ToLowerInvariant(lower);
            if (lower[..length] is not ("n" or "s" or "e" or "w" or "north" or "south" or "east" or "west" or "lon" or "lng" or "long"
                or "longitude" or "lat" or "latitude" or "deg" or "degrees" or "and"))
            {
                return false;
            }

            isLabelled = isLabelled || lower[..length] is not "and";
        }

        return true;
    }

    private readonly record struct Reading(int Start, int End, double Value, int Decimals);
}
