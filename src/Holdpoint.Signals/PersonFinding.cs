using System.Collections.Immutable;

namespace Holdpoint.Signals;

/// <summary>One distinct person that the detectors found in a part. Immutable; safe to share.</summary>
/// <param name="Identifiers">The identifiers of this person, at most one of each kind; never empty.</param>
/// <param name="Ranges">
/// The places of the mentions in the part's raw bytes, distinct and sorted; empty once findings of several parts are merged.
/// </param>
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
