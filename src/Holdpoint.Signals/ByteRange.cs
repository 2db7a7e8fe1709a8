namespace Holdpoint.Signals;

/// <summary>
/// A stretch of a part's raw UTF-8 bytes: <paramref name="Start"/> inclusive, <paramref name="End"/> exclusive, in bytes.
/// </summary>
/// <remarks>Ranges of findings are conservative: text decoded from an escape or from base64 covers all the bytes that carried it.</remarks>
/// <param name="Start">The offset of the first byte.</param>
/// <param name="End">The offset after the last byte.</param>
public readonly record struct ByteRange(int Start, int End)
{
    /// <summary>Whether the two ranges share at least one byte.</summary>
    public bool Touches(ByteRange other) => Start < other.End && other.Start < End;

    /// <summary>Whether the range shares a byte with any of <paramref name="ranges"/>, which are sorted and do not overlap.</summary>
    public bool TouchesAny(ReadOnlySpan<ByteRange> ranges)
    {
        int low = 0, high = ranges.Length;
        while (low < high) // the first range that ends after this one starts
        {
            var middle = (low + high) >>> 1;
            if (ranges[middle].End > Start)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low < ranges.Length && ranges[low].Touches(this);
    }
}
