using System.Collections.Immutable;

namespace Holdpoint.Signals;

/// <summary>One distinct person that the detectors think they see in a part.</summary>
/// <param name="Identifiers">What identifies this person, at most one of each kind; never empty.</param>
/// <param name="Ranges">Where in the part's raw bytes, sorted; empty once findings of several parts are merged.</param>
public sealed record PersonFinding(ImmutableArray<Identifier> Identifiers, ImmutableArray<ByteRange> Ranges)
{
    /// <summary>Whether any mention of the person shares a byte with any of <paramref name="ranges"/> (sorted, not overlapping).</summary>
    public bool Touches(ReadOnlySpan<ByteRange> ranges)
    {
        foreach (var mention in Ranges)
        {
            if (mention.TouchesAny(ranges))
            {
                return true;
            }
        }

        return false;
    }
}
