using System.Buffers;

namespace Holdpoint.Wire.Sse;

/// <summary>
/// Cuts a byte stream into server-sent events (WHATWG HTML §9.2): blocks that end with an empty line, where lines end with LF, CR or CRLF.
/// The network's cuts make no difference. Not thread-safe.
/// </summary>
/// <param name="maxEventBytes">The maximum length of an event in bytes, its empty line included.</param>
internal sealed class SseFramer(int maxEventBytes) : IDisposable
{
    private byte[] _pending = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;
    private int _scanned;
    private int _lineStart;

    /// <summary>
    /// Takes bytes and appends the events that these bytes complete, each with its line ends, in memory that is not reused.
    /// </summary>
    /// <returns>False when an event is longer than allowed.</returns>
    public bool Append(ReadOnlySpan<byte> bytes, List<ReadOnlyMemory<byte>> events)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_pending.AsSpan(_length));
        _length += bytes.Length;
        return Cut(events, isLast: false);
    }

    /// <summary>Ends the stream; the remaining bytes are an event without its empty line, which some clients still read.</summary>
    public bool Complete(List<ReadOnlyMemory<byte>> events)
    {
        if (!Cut(events, isLast: true))
        {
            return false;
        }

        if (_length > 0)
        {
            events.Add(_pending.AsSpan(0, _length).ToArray());
            _length = _scanned = _lineStart = 0;
        }

        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_pending);
        _pending = [];
        _length = 0;
    }

    private bool Cut(List<ReadOnlyMemory<byte>> events, bool isLast)
    {
        Span<int> few = stackalloc int[32];
        var ends = 0;
        while (NextLineEnd(isLast, out var lineEnd, out var next))
        {
            var isEmpty = lineEnd == _lineStart;
            _lineStart = _scanned = next;
            if (!isEmpty)
            {
                continue;
            }

            few[ends++] = next;
            if (ends == few.Length)
            {
                if (!Take(few[..ends], events))
                {
                    return false;
                }

                ends = 0;
            }
        }

        return Take(few[..ends], events) && _length <= maxEventBytes;
    }

    private bool NextLineEnd(bool isLast, out int lineEnd, out int next)
    {
        lineEnd = next = 0;
        var found = _pending.AsSpan(_scanned, _length - _scanned).IndexOfAny((byte)'\r', (byte)'\n');
        if (found < 0)
        {
            _scanned = _length;
            return false;
        }

        lineEnd = _scanned + found;
        next = lineEnd + 1;
        if (_pending[lineEnd] != (byte)'\r')
        {
            return true;
        }

        if (next == _length && !isLast)
        {
            // A line feed that belongs to it may follow with the next bytes.
            _scanned = lineEnd;
            return false;
        }

        next += next < _length && _pending[next] == (byte)'\n' ? 1 : 0;
        return true;
    }

    /// <summary>Hands out the events up to those ends in one array: one allocation for each read, not for each event.</summary>
    private bool Take(ReadOnlySpan<int> ends, List<ReadOnlyMemory<byte>> events)
    {
        if (ends.IsEmpty)
        {
            return true;
        }

        var taken = ends[^1];
        ReadOnlyMemory<byte> block = _pending.AsSpan(0, taken).ToArray();
        var start = 0;
        foreach (var end in ends)
        {
            if (end - start > maxEventBytes)
            {
                return false;
            }

            events.Add(block[start..end]);
            start = end;
        }

        _pending.AsSpan(taken, _length - taken).CopyTo(_pending);
        _length -= taken;
        _scanned -= taken;
        _lineStart -= taken;
        return true;
    }

    private void Grow(int more)
    {
        if (_pending.Length - _length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + more, _pending.Length * 2));
        _pending.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_pending);
        _pending = larger;
    }
}
