using System.Buffers;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Encodings;

/// <summary>
/// Watches one layer for runs of base64 (both alphabets) and decodes them, in each of the four ways in which a run can be cut into groups,
/// since other characters may precede it without a gap. Plausible decoded text is scanned as a layer of its own.
/// </summary>
/// <remarks>
/// A run continues across line ends and what stands before the next line: indentation, and the marks of quoted mail and of comments. A run
/// shorter than <see cref="MinChars"/>, padding included, is ignored. Nothing is decided on a whole run: text is
/// scanned as far as it is plausible, so a run is never kept in memory.
/// </remarks>
internal sealed class Base64Run(Func<TextLayer> createLayer)
{
    /// <summary>
    /// The maximum number of line ends and what may stand before a line (spaces, and the marks of quoted mail and of comments) between two
    /// lines of a run: a stream keeps the last char of a line back for them.
    /// </summary>
    private const int MaxBreak = 128;

    /// <summary>The minimum length of a run that is decoded, in chars: twelve bytes. A shorter run is nearly always a word.</summary>
    public const int MinChars = 16;

    // The fewest digits that padding can follow: with three of it (more than there can be, but Watch counts so) they are MinChars.
    private const int MinUnpadded = MinChars - 3;

    private static readonly SearchValues<char> Digits = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");
    private static readonly sbyte[] Values = CreateValues();
    private readonly (int Value, int Start, int End)[] _head = new (int, int, int)[MinChars];
    private Base64Phase[] _phases = [];
    private int _length;
    private int _breaks;
    private bool _afterLineEnd;

    /// <summary>The six bits that a char stands for, or -1.</summary>
    public static int ValueOf(char c) => c < 128 ? Values[c] : -1;

    /// <summary>Whether a run is long enough and being decoded: then <see cref="Step"/> takes one char at a time.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The raw offset from which the run may still turn out to be text, or <see cref="int.MaxValue"/>.</summary>
    public int HoldFrom
    {
        get
        {
            if (!IsActive)
            {
                return _length == 0 ? int.MaxValue : _head[0].Start;
            }

            var from = int.MaxValue;
            foreach (var phase in _phases)
            {
                from = Math.Min(from, phase.HoldFrom);
            }

            return from;
        }
    }

    /// <summary>
    /// The raw offset at which the run begins that could go on in another text, or <see cref="int.MaxValue"/>: from anywhere else it would
    /// be decoded out of step.
    /// </summary>
    public int OpenFrom => _length == 0 ? int.MaxValue : _head[0].Start;

    /// <summary>Looks for a run that becomes long enough.</summary>
    /// <returns>
    /// The position up to which the text was read: <paramref name="to"/>, or the position at which to <see cref="Activate"/>.
    /// </returns>
    public int Watch(FoldedText text, int from, int to, out bool found)
    {
        found = false;
        for (var position = from; position < to;)
        {
            if (_length == 0)
            {
                position = SkipShort(text.Slice(position, to)) + position;
                var skipped = text.Slice(position, to).IndexOfAny(Digits);
                if (skipped < 0)
                {
                    return to;
                }

                position += skipped;
            }

            var rest = text.Slice(position, to);
            var run = rest.IndexOfAnyExcept(Digits);
            run = run < 0 ? rest.Length : run;
            if (_length == 0 && run < MinChars && run < rest.Length && rest[run] is not ('=' or '\n') && !EscapeLetters.IsMark(rest[run]))
            {
                position += run + 1; // an ordinary word: nothing to remember
                continue;
            }

            for (var index = 0; index < run; index++)
            {
                Remember(text, position + index);
                if (_length == MinChars)
                {
                    found = true;
                    return position + index + 1;
                }
            }

            position += run;
            if (position < to)
            {
                if (text[position] == '=' && _length + Padding >= MinChars)
                {
                    found = true;
                    return position; // Step then takes the padding, and with it the end of the run
                }

                if (!IsBreak(text[position]))
                {
                    _length = 0;
                    _breaks = 0;
                    _afterLineEnd = false;
                }

                position++;
            }
        }

        return to;
    }

    /// <summary>Begins to decode the run that <see cref="Watch"/> found.</summary>
    public void Activate()
    {
        IsActive = true;
        if (_phases is [])
        {
            _phases = [new(0, createLayer), new(1, createLayer), new(2, createLayer), new(3, createLayer)];
        }

        foreach (var (value, start, end) in _head.AsSpan(0, _length))
        {
            Decode(value, start, end);
        }
    }

    /// <summary>Takes one more char of an active run, or ends it.</summary>
    public void Step(FoldedText text, int position)
    {
        var c = text[position];
        if (c < 128 && Values[c] >= 0)
        {
            var range = text.RangeOf(position, position + 1);
            _breaks = 0;
            _afterLineEnd = false;
            Decode(Values[c], range.Start, range.End);
        }
        else if (!IsBreak(c))
        {
            Complete();
        }
    }

    /// <summary>Ends the run, or the text.</summary>
    public void Complete()
    {
        if (IsActive)
        {
            foreach (var phase in _phases)
            {
                phase.Complete();
            }
        }

        IsActive = false;
        _length = 0;
        _breaks = 0;
        _afterLineEnd = false;
    }

    private int Padding => (4 - (_length & 3)) & 3;

    /// <summary>
    /// The number of chars at the front in which no run begins that is long enough: each stretch of as many chars as the shortest run with
    /// its padding has one that belongs to no run. Looks back from the end of a stretch, so that most chars are never looked at.
    /// </summary>
    private static int SkipShort(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (from + MinUnpadded <= text.Length)
        {
            var at = from + MinUnpadded - 1;
            while (at >= from)
            {
                var c = text[at];
                if (c < 128 ? Values[c] >= 0 || c == '\n' : EscapeLetters.IsMark(c))
                {
                    at--;
                }
                else if (IsBeforeLine(c) && LineEndBefore(text, from, at) is >= 0 and var lineEnd)
                {
                    at = lineEnd - 1;
                }
                else
                {
                    break;
                }
            }

            if (at < from)
            {
                break;
            }

            from = at + 1;
        }

        return from;
    }

    // What stands before a line that is indented, quoted in mail or a comment.
    private static bool IsBeforeLine(char c) => c is ' ' or '\t' or '>' or '|' or '#' or '*' or ';';

    // The line end behind which a char stands before the next line; -1 where there is none.
    private static int LineEndBefore(ReadOnlySpan<char> text, int from, int blank)
    {
        var before = blank;
        while (before >= from && IsBeforeLine(text[before]))
        {
            before--;
        }

        return before >= from && (text[before] == '\n' || EscapeLetters.IsMark(text[before])) ? before : -1;
    }

    private bool IsBreak(char c)
    {
        var isBreak = ++_breaks <= MaxBreak && (EscapeLetters.IsMark(c) || c == '\n' || (_afterLineEnd && IsBeforeLine(c)));
        _afterLineEnd |= c == '\n';
        return isBreak;
    }

    private void Remember(FoldedText text, int position)
    {
        var range = text.RangeOf(position, position + 1);
        _head[_length++] = (Values[text[position]], range.Start, range.End);
        _breaks = 0;
        _afterLineEnd = false;
    }

    private void Decode(int value, int start, int end)
    {
        foreach (var phase in _phases)
        {
            phase.Push(value, start, end);
        }
    }

    private static sbyte[] CreateValues()
    {
        var values = new sbyte[128];
        Array.Fill(values, (sbyte)-1);
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (sbyte value = 0; value < 64; value++)
        {
            values[alphabet[value]] = value;
        }

        values['-'] = 62;
        values['_'] = 63;
        return values;
    }
}
