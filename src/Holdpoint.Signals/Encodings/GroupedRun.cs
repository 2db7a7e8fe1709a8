using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Encodings;

/// <summary>
/// Watches one layer for base64 whose groups stand apart, by spaces, commas or as strings that code joins, and decodes it as if they did
/// not, and each group by itself. Prose is such groups too, so it begins where a small letter stands before a capital in a run of which
/// much is capitals, and ends where that has not been for a while. Only phrases are looked for in what it means.
/// </summary>
/// <remarks>Looks back at most the history that <see cref="FoldedText"/> keeps, so a text cut anywhere reads the same.</remarks>
internal sealed class GroupedRun(Func<TextLayer> createLayer)
{
    /// <summary>
    /// The number of chars without a capital behind a small letter after which a run is over, and of those before the first that belong to
    /// it. Of base64 of text, one run of so many in a million has none.
    /// </summary>
    private const int MaxCalm = 64;

    /// <summary>The maximum number of chars in which a run shows what it is: all of them can be looked back at.</summary>
    private const int MaxCandidate = 256;

    // Of base64 of text, two chars of five are capitals; of code with names such as this one's, fewer than one of six.
    private const int MinCapitalsOf = 5;

    private Base64Phase[] _phases = [];
    private Base64Phase? _byGroup;
    private int _from = -1;
    private int _fromByte;
    private bool _isActive;
    private int _digits;
    private int _capitals;
    private int _separators;
    private int _calm;
    private char _before;
    private (int Start, int End) _plus = (-1, -1);

    /// <summary>The raw offset from which the run may still turn out to be text, or <see cref="int.MaxValue"/>.</summary>
    public int HoldFrom
    {
        get
        {
            if (!_isActive)
            {
                return OpenFrom;
            }

            var from = Math.Min(_byGroup!.HoldFrom, _plus.Start < 0 ? int.MaxValue : _plus.Start);
            foreach (var phase in _phases)
            {
                from = Math.Min(from, phase.HoldFrom);
            }

            return from;
        }
    }

    /// <summary>The raw offset at which the run begins that could go on in another text, or <see cref="int.MaxValue"/>.</summary>
    public int OpenFrom => _from < 0 ? int.MaxValue : _fromByte;

    public void Scan(FoldedText text, int from, int to)
    {
        for (var position = from; position < to;)
        {
            if (_from < 0)
            {
                // The char before the first one is in the history.
                var first = Math.Max(text.Oldest, position - 1);
                var found = IndexOfRise(text.Slice(first, to));
                if (found < 0)
                {
                    return;
                }

                position = first + found;
                Begin(text, position);
            }

            Count(text, position);
            position++;
            if (_isActive)
            {
                Take(text, position - 1);
            }
            else if (_from >= 0 && _digits >= Base64Run.MinChars && _separators > 0 && _capitals * MinCapitalsOf >= _digits)
            {
                Activate(text, position);
            }
            else if (_from >= 0 && position - _from > MaxCandidate)
            {
                Complete();
            }
        }
    }

    /// <summary>Ends the run, or the text.</summary>
    public void Complete()
    {
        if (_isActive)
        {
            EndPlus(isDigit: false);
            _byGroup!.Complete();
            foreach (var phase in _phases)
            {
                phase.Complete();
            }
        }

        _isActive = false;
        _from = -1;
        _plus = (-1, -1);
    }

    private static bool IsSeparator(char c) =>
        c is ' ' or '\t' or '\n' or ',' or ';' or '|' or '>' or '"' or '\'' or '`' or '=' or '\\' || EscapeLetters.IsMark(c);

    /// <summary>The index of the first capital directly behind a small letter; -1 without one.</summary>
    private static int IndexOfRise(ReadOnlySpan<char> text)
    {
        var index = 1;
        ref var chars = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        for (; index + Vector128<ushort>.Count <= text.Length; index += Vector128<ushort>.Count)
        {
            var before = Vector128.LoadUnsafe(ref chars, (nuint)(index - 1)) - Vector128.Create((ushort)'a');
            var at = Vector128.LoadUnsafe(ref chars, (nuint)index) - Vector128.Create((ushort)'A');
            if (Vector128.LessThanAny(Vector128.Max(before, at), Vector128.Create((ushort)26)))
            {
                break;
            }
        }

        for (; index < text.Length; index++)
        {
            if (char.IsAsciiLetterLower(text[index - 1]) && char.IsAsciiLetterUpper(text[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private void Begin(FoldedText text, int rise)
    {
        _from = rise;
        while (_from > text.Oldest && rise - _from < MaxCalm && (Base64Run.ValueOf(text[_from - 1]) >= 0 || IsSeparator(text[_from - 1])))
        {
            _from--;
        }

        _fromByte = text.StartOf(_from);
        (_digits, _capitals, _separators, _calm, _before) = (0, 0, 0, 0, '\0');
        for (var position = _from; position < rise; position++)
        {
            Count(text, position);
        }
    }

    private void Count(FoldedText text, int position)
    {
        var c = text[position];
        var isDigit = Base64Run.ValueOf(c) >= 0;
        _calm = char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(_before) ? 0 : _calm + 1;
        _before = c;
        _digits += isDigit ? 1 : 0;
        _capitals += char.IsAsciiLetterUpper(c) ? 1 : 0;
        _separators += isDigit ? 0 : 1;
        if ((!isDigit && !IsSeparator(c)) || _calm > MaxCalm)
        {
            Complete();
        }
    }

    private void Activate(FoldedText text, int to)
    {
        if (_phases is [])
        {
            _phases = [new(0, createLayer), new(1, createLayer), new(2, createLayer), new(3, createLayer)];
            _byGroup = new(0, createLayer);
        }

        _isActive = true;
        for (var position = _from; position < to; position++)
        {
            Take(text, position);
        }
    }

    private void Take(FoldedText text, int position)
    {
        var c = text[position];
        var range = text.RangeOf(position, position + 1);
        if (Base64Run.ValueOf(c) is not (>= 0 and var value))
        {
            EndPlus(isDigit: false);
            _byGroup!.EndGroup(range.Start);
        }
        else if (c == '+' && _plus.Start < 0 && position > text.Oldest && IsSeparator(text[position - 1]))
        {
            _plus = (range.Start, range.End); // joins two strings, unless the next char is a digit too
        }
        else
        {
            EndPlus(isDigit: true);
            Push(value, range.Start, range.End);
        }
    }

    private void EndPlus(bool isDigit)
    {
        if (_plus.Start >= 0 && isDigit)
        {
            Push(Base64Run.ValueOf('+'), _plus.Start, _plus.End);
        }

        _plus = (-1, -1);
    }

    private void Push(int value, int start, int end)
    {
        _byGroup!.Push(value, start, end);
        foreach (var phase in _phases)
        {
            phase.Push(value, start, end);
        }
    }
}
