using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Holdpoint.Signals.Normalisation;

/// <summary>The folded text of one layer as a sliding window, each char with the raw bytes it came from.</summary>
/// <remarks>
/// Positions count from the start of the layer and stay valid while the window slides; the last <see cref="History"/> chars before the
/// first unscanned char can always be read back. A caller appends at most <see cref="Room"/> chars, then scans, then appends again.
/// While each char came from one byte, directly behind the byte of the char before it, as in plain ASCII, the places are known from the
/// first one; else the window has them in two rented arrays.
/// </remarks>
internal sealed class FoldedText
{
    /// <summary>
    /// The number of chars that scanners may look back: more than the longest e-mail address (320) with its field around it.
    /// </summary>
    public const int History = 512;

    private const int Capacity = 2048;
    private readonly char[] _chars = new char[Capacity];
    private int[]? _starts;
    private int[]? _ends;
    private int _firstStart;
    private int _count;
    private int _origin;

    /// <summary>Position after the last char.</summary>
    public int End => _origin + _count;

    /// <summary>Position of the oldest char that can still be read.</summary>
    public int Oldest => _origin;

    /// <summary>The number of chars that can be appended.</summary>
    public int Room => Capacity - _count;

    public char this[int position] => _chars[position - _origin];

    public ReadOnlySpan<char> Slice(int from, int to) => _chars.AsSpan(from - _origin, to - from);

    /// <summary>The raw bytes of the chars from <paramref name="from"/> up to <paramref name="to"/>, which is after it.</summary>
    public ByteRange RangeOf(int from, int to) => new(StartOf(from), _ends is { } ends ? ends[to - 1 - _origin] : StartOf(to));

    public int StartOf(int position) => _starts is { } starts ? starts[position - _origin] : _firstStart + position - _origin;

    /// <summary>Like <see cref="StartOf"/>; <see cref="int.MaxValue"/> for the end of the text, where there is no char yet.</summary>
    public int StartOrMax(int position) => position < End ? StartOf(Math.Max(position, _origin)) : int.MaxValue;

    public void Append(char value, int start, int end)
    {
        if (_starts is null && (!Follows(start) || end != start + 1))
        {
            Map();
        }

        if (_starts is { } starts)
        {
            starts[_count] = start;
            _ends![_count] = end;
        }

        _chars[_count++] = value;
    }

    /// <summary>Appends plain ASCII as it is, a byte each from <paramref name="start"/> on.</summary>
    /// <typeparam name="T"><see cref="byte"/> or <see cref="char"/>.</typeparam>
    public void AppendAscii<T>(ReadOnlySpan<T> run, int start)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (typeof(T) == typeof(char))
        {
            MemoryMarshal.Cast<T, char>(run).CopyTo(_chars.AsSpan(_count));
        }
        else
        {
            Ascii.ToUtf16(MemoryMarshal.AsBytes(run), _chars.AsSpan(_count), out _);
        }

        if (_starts is null && !Follows(start))
        {
            Map();
        }

        if (_starts is { } starts)
        {
            Count(starts.AsSpan(_count, run.Length), start);
            Count(_ends.AsSpan(_count, run.Length), start + 1);
        }

        _count += run.Length;
    }

    /// <summary>Forgets all but the history, when that makes room. Call only with everything scanned.</summary>
    public void Slide()
    {
        if (_count <= Capacity / 2)
        {
            return;
        }

        var gone = _count - History;
        _chars.AsSpan(gone, History).CopyTo(_chars);
        _firstStart += gone;
        if (_starts is { } starts)
        {
            starts.AsSpan(gone, History).CopyTo(starts);
            _ends.AsSpan(gone, History).CopyTo(_ends);
            _firstStart = starts[0];
        }

        _origin += gone;
        _count = History;
        if (_starts is not null && IsPlain())
        {
            Unmap();
        }
    }

    public void Clear()
    {
        Unmap();
        _origin = 0;
        _count = 0;
    }

    // The first char decides where the bytes begin.
    private bool Follows(int start)
    {
        if (_count == 0)
        {
            _firstStart = start;
        }

        return start == _firstStart + _count;
    }

    private void Map()
    {
        _starts = ArrayPool<int>.Shared.Rent(Capacity);
        _ends = ArrayPool<int>.Shared.Rent(Capacity);
        Count(_starts.AsSpan(0, _count), _firstStart);
        Count(_ends.AsSpan(0, _count), _firstStart + 1);
    }

    private void Unmap()
    {
        if (_starts is not null)
        {
            ArrayPool<int>.Shared.Return(_starts);
            ArrayPool<int>.Shared.Return(_ends!);
            (_starts, _ends) = (null, null);
        }
    }

    private bool IsPlain()
    {
        for (var index = 0; index < _count; index++)
        {
            if (_starts![index] != _firstStart + index || _ends![index] != _firstStart + index + 1)
            {
                return false;
            }
        }

        return true;
    }

    // In vectors: one number at a time, this took a fifth of the time of a text with a single char beyond ASCII.
    private static void Count(Span<int> numbers, int from)
    {
        var sequence = Vector.CreateSequence(from, 1);
        while (numbers.Length >= Vector<int>.Count)
        {
            sequence.CopyTo(numbers);
            sequence += new Vector<int>(Vector<int>.Count);
            numbers = numbers[Vector<int>.Count..];
            from += Vector<int>.Count;
        }

        foreach (ref var number in numbers)
        {
            number = from++;
        }
    }
}
