namespace Holdpoint.Signals;

/// <summary>
/// Where joined texts meet, and what each of the two texts there shows by itself, so that only what neither shows alone is taken for an
/// identifier that was cut. Not thread-safe.
/// </summary>
/// <remarks>
/// <c>bob@example.com</c> before <c>Please</c> is an address that ends with its text and not <c>bob@example.complease</c>: what is an
/// identifier without its neighbour is counted there, once.
/// </remarks>
internal sealed class SeamMap
{
    private readonly List<(int At, int LeftEnd, int RightStart)> _seams = [];
    private readonly List<ByteRange> _within = [];
    private readonly bool _onlyWithin;

    /// <param name="onlyWithin">Whether only identifiers with a byte in a stretch given by <see cref="See"/> count.</param>
    public SeamMap(bool onlyWithin) => _onlyWithin = onlyWithin;

    /// <summary>Notes that the bytes of a text from <paramref name="from"/> on were appended at <paramref name="position"/>.</summary>
    /// <param name="ranges">The stretches of that text that matter: sorted, not overlapping.</param>
    /// <param name="from">The offset in the text of its first byte that was appended.</param>
    /// <param name="length">The number of bytes appended.</param>
    /// <param name="position">Where they begin in the joined text.</param>
    public void See(ReadOnlySpan<ByteRange> ranges, int from, int length, int position)
    {
        int low = 0, high = ranges.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = ranges[middle].End > from ? (low, middle) : (middle + 1, high);
        }

        for (; low < ranges.Length && ranges[low].Start < from + length; low++)
        {
            var (start, end) = (Math.Max(ranges[low].Start, from), Math.Min(ranges[low].End, from + length));
            _within.Add(new(position + start - from, position + end - from));
        }
    }

    /// <summary>Notes a seam.</summary>
    /// <param name="at">Its position in the joined text.</param>
    /// <param name="leftEnd">Where the last identifier that the left text shows by itself ends there; less than 0 for none.</param>
    /// <param name="rightStart">Where the first that the right text shows by itself begins there; int.MaxValue for none.</param>
    public void Add(int at, int leftEnd, int rightStart) => _seams.Add((at, leftEnd, rightStart));

    /// <summary>Forgets the seams so far, and what lies before a position from which on an identifier may still begin.</summary>
    public void ForgetBefore(int position)
    {
        _seams.Clear();
        var gone = 0;
        while (gone < _within.Count && _within[gone].End <= position)
        {
            gone++;
        }

        _within.RemoveRange(0, gone);
    }

    /// <summary>Whether an identifier with these bytes lies over a seam, and is none on either side.</summary>
    public bool IsCut(ByteRange identifier)
    {
        var crosses = false;
        for (var i = _seams.Count - 1; i >= 0 && _seams[i].At > identifier.Start; i--)
        {
            if (_seams[i].At < identifier.End)
            {
                crosses = true;
                if (_seams[i].LeftEnd > identifier.Start || _seams[i].RightStart < identifier.End)
                {
                    return false;
                }
            }
        }

        return crosses && (!_onlyWithin || TouchesWithin(identifier));
    }

    private bool TouchesWithin(ByteRange identifier)
    {
        for (var i = _within.Count - 1; i >= 0 && _within[i].End > identifier.Start; i--)
        {
            if (_within[i].Touches(identifier))
            {
                return true;
            }
        }

        return false;
    }
}
