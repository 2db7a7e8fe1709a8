using System.Collections.Immutable;

namespace Holdpoint.Signals;

/// <summary>What the detectors think they see in one part, or merged over several. Fallible, so it may only tighten a decision.</summary>
/// <remarks>Immutable; safe to share.</remarks>
public sealed class Findings
{
    /// <summary>What every count is when there was more than the detectors count.</summary>
    public const long WorstCount = Counts.Most;

    internal Findings(
        ImmutableArray<string> phrases,
        ImmutableArray<PersonFinding> persons,
        Counts counts,
        bool saturated,
        ImmutableArray<CoverageEntry> coverage)
    {
        Phrases = phrases;
        Persons = saturated ? [] : persons;
        Counts = saturated ? Counts.Worst : counts;
        IsSaturated = saturated;
        Coverage = coverage;
    }

    /// <summary>Nothing read, nothing found.</summary>
    public static Findings None { get; } = new([], [], Counts.None, saturated: false, []);

    /// <summary>Names of the agreement's phrases that appear, sorted (ordinal), each once.</summary>
    public ImmutableArray<string> Phrases { get; }

    /// <summary>The distinct persons in order of first mention; empty when <see cref="IsSaturated"/>, as not all are known.</summary>
    public ImmutableArray<PersonFinding> Persons { get; }

    /// <summary>How much was found; <see cref="Counts.Worst"/> when <see cref="IsSaturated"/>.</summary>
    public Counts Counts { get; }

    /// <summary>
    /// There was more than <see cref="Detectors.MaxPersons"/>, or text that could not be held back: every count is the worst.
    /// </summary>
    public bool IsSaturated { get; }

    /// <summary>Every check that was made, in the order of the parts.</summary>
    public ImmutableArray<CoverageEntry> Coverage { get; }

    /// <summary>Distinct persons, 0 to <see cref="WorstCount"/>.</summary>
    public long PersonCount => Counts.Persons;

    /// <summary>Distinct coordinates, 0 to <see cref="WorstCount"/>.</summary>
    public long LocationCount => Counts.Locations;

    /// <summary>Rows and objects that carry persons, 0 to <see cref="WorstCount"/>; a row that lists n of a kind counts n.</summary>
    public long RecordCount => Counts.Records;

    /// <summary>Whether the detectors saw nothing at all.</summary>
    internal bool IsNothing => Phrases.IsEmpty && Counts == Counts.None;

    /// <summary>
    /// The same findings with only the persons mentioned in <paramref name="ranges"/> (sorted, not overlapping): filter each part, then
    /// <see cref="Merge"/>, and a person of two parts counts once. The number of records stays that of the whole part. Saturated findings
    /// know no places, so any range of theirs is the worst case; <see cref="Detectors.ScanWithin"/> counts it exactly.
    /// </summary>
    public Findings Touching(ReadOnlySpan<ByteRange> ranges)
    {
        if (IsSaturated)
        {
            return ranges.IsEmpty ? None : this;
        }

        var kept = ImmutableArray.CreateBuilder<PersonFinding>();
        var locations = 0;
        foreach (var person in Persons)
        {
            if (person.Touches(ranges))
            {
                kept.Add(person);
                locations += person.Identifiers.Count(static i => i.Kind == IdentifierKind.Coordinates);
            }
        }

        var counts = Counts with { Persons = kept.Count, Locations = locations };
        return new(Phrases, kept.DrainToImmutable(), counts, saturated: false, Coverage);
    }

    /// <summary>The same findings for a text in which phrases mean nothing, such as a tool's definition.</summary>
    public Findings WithoutPhrases() => Phrases.IsEmpty ? this : new([], Persons, Counts, IsSaturated, Coverage);

    /// <summary>
    /// One set of findings over several parts: phrases united, persons and coordinates distinct across parts, records added.
    /// </summary>
    /// <remarks>Byte ranges are of one part each, so merged persons have none. Linear in the findings.</remarks>
    public static Findings Merge(params ReadOnlySpan<Findings> parts)
    {
        var coverage = ImmutableArray.CreateBuilder<CoverageEntry>(3 * parts.Length);
        var isNothing = true;
        foreach (var part in parts)
        {
            coverage.AddRange(part.Coverage);
            isNothing &= part.IsNothing;
        }

        // Most calls: there is nothing to unite, so nothing is built to unite it with.
        if (isNothing)
        {
            return new([], [], Counts.None, saturated: false, coverage.DrainToImmutable());
        }

        var all = new GrowingFindings(None);
        foreach (var part in parts)
        {
            all.Add(part);
        }

        return all.ToFindings(coverage.DrainToImmutable());
    }
}
