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
    public static long Count(Detectors detectors, ImmutableArray<Part> parts, ProvenanceMap provenance, ReadOnlySpan<Findings> byPart)
    {
        var unattested = new Findings[byPart.Length];
        for (var i = 0; i < byPart.Length; i++)
        {
            var ranges = provenance.Parts[i].Unattested;
            unattested[i] =
                byPart[i].IsSaturated ? detectors.ScanWithin(parts[i], ranges)
                : byPart[i].Touching(ranges.AsSpan());
        }

        return unattested is [var only] ? only.PersonCount : Findings.Merge(unattested).PersonCount;
    }
}
