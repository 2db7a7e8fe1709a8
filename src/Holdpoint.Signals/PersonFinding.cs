using System.Collections.Immutable;

namespace Holdpoint.Signals;

/// <summary>One distinct person that the detectors think they see in a part.</summary>
/// <param name="Identifiers">What stands for this person, at most one of each kind; never empty.</param>
/// <param name="Ranges">Where in the part's raw bytes, sorted; empty once findings of several parts are merged.</param>
internal sealed record PersonFinding(ImmutableArray<Identifier> Identifiers, ImmutableArray<ByteRange> Ranges)
{
    /// <summary>Whether any mention of the person shares a byte with any of <paramref name="ranges"/> (sorted, not overlapping).</summary>
    public bool Touches(ReadOnlySpan<ByteRange> ranges)
    {
        foreach (var mention in Ranges)
        {
            int low = 0, high = ranges.Length;
            while (low < high) // the first range that ends after the mention starts
            {
                var middle = (low + high) >>> 1;
                if (ranges[middle].End > mention.Start)
                {
                    high = middle;
                }
                else
                {
                    low = middle + 1;
                }
            }

            if (low < ranges.Length && ranges[low].Touches(mention))
            {
                return true;
            }
        }

        return false;
    }
}
