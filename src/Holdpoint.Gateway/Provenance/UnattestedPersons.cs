using System.Collections.Immutable;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Provenance;

/// <summary>Counts the persons in those bytes of a call that no named statement is about.</summary>
internal static class UnattestedPersons
{
    /// <summary>
    /// Distinct persons with a mention in an unattested range of any part. A part with more persons than the detectors count is scanned
    /// again for those ranges alone: what a statement vouches for never makes the rest the worst case, and never hides it.
    /// </summary>
    /// <param name="detectors">What found the persons.</param>
    /// <param name="parts">The parts of the call.</param>
    /// <param name="provenance">Where the bytes of those parts come from.</param>
    /// <param name="byPart">What was found in each part.</param>
    /// <param name="seams">What was found over the seams of <paramref name="joined"/>.</param>
    /// <param name="joined">The first of the parts, which were joined.</param>
    public static long Count(
        Detectors detectors,
        ImmutableArray<Part> parts,
        ProvenanceMap provenance,
        ReadOnlySpan<Findings> byPart,
        Findings seams,
        ImmutableArray<Part> joined)
    {
        var unattested = new Findings[byPart.Length + (seams.PersonCount > 0 ? 1 : 0)];
        for (var i = 0; i < byPart.Length; i++)
        {
            var ranges = provenance.Parts[i].Unattested;
            unattested[i] =
                byPart[i].IsSaturated ? detectors.ScanWithin(parts[i], ranges, byPart[i].Tables.Before)
                : byPart[i].Touching(ranges.AsSpan());
        }

        if (seams.PersonCount > 0)
        {
            var ranges = provenance.Parts.Select(static part => part.Unattested).ToArray();
            unattested[^1] = Seams.PersonsWithin(detectors, joined, byPart, ranges);
        }

        return unattested is [var only] ? only.PersonCount : Findings.Merge(unattested).PersonCount;
    }
}
