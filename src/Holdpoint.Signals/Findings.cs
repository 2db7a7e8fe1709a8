using System.Collections.Immutable;

namespace Holdpoint.Signals;

/// <summary>What the detectors think they see in one part, or merged over several. Fallible, so it may only tighten a decision.</summary>
/// <remarks>Immutable; safe to share.</remarks>
internal sealed class Findings
{
    /// <summary>What every count is when there was more than the detectors count: the top of a situation's count range.</summary>
    public const long WorstCount = 1L << 40;

    private readonly int _persons;
    private readonly int _locations;
    private readonly long _records;

    internal Findings(
        ImmutableArray<string> phrases, ImmutableArray<PersonFinding> persons, int locations, long records, bool saturated, ImmutableArray<CoverageEntry> coverage)
    {
        Phrases = phrases;
        Persons = saturated ? [] : persons;
        _persons = persons.Length;
        _locations = locations;
        _records = records;
        IsSaturated = saturated;
        Coverage = coverage;
    }

    /// <summary>Nothing read, nothing found.</summary>
    public static Findings None { get; } = new([], [], 0, 0, saturated: false, []);

    /// <summary>Names of the agreement's phrases that appear, sorted (ordinal), each once.</summary>
    public ImmutableArray<string> Phrases { get; }

    /// <summary>The distinct persons in order of first mention; empty when <see cref="IsSaturated"/>, as not all are known.</summary>
    public ImmutableArray<PersonFinding> Persons { get; }

    /// <summary>There was more than <see cref="Detectors.MaxMentions"/>, or text that could not be held back: every count is the worst.</summary>
    public bool IsSaturated { get; }

    /// <summary>Distinct persons, 0 to <see cref="WorstCount"/>.</summary>
    public long PersonCount => IsSaturated ? WorstCount : _persons;

    /// <summary>Distinct coordinates, 0 to <see cref="WorstCount"/>.</summary>
    public long LocationCount => IsSaturated ? WorstCount : _locations;

    /// <summary>Rows and objects that carry persons, 0 to <see cref="WorstCount"/>; a row that lists n of a kind counts n.</summary>
    public long RecordCount => IsSaturated ? WorstCount : Math.Min(_records, WorstCount);

    private bool IsNothing => !IsSaturated && Phrases.IsEmpty && _persons == 0 && _locations == 0 && _records == 0;

    /// <summary>Every check that was made, in the order of the parts.</summary>
    public ImmutableArray<CoverageEntry> Coverage { get; }

    /// <summary>
    /// The same findings with only the persons mentioned in <paramref name="ranges"/> (sorted, not overlapping): filter each part, then
    /// <see cref="Merge"/>, and a person of two parts counts once. The number of records stays that of the whole part.
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

        return new(Phrases, kept.DrainToImmutable(), locations, _records, saturated: false, Coverage);
    }

    /// <summary>The same findings for a text in which phrases mean nothing, such as a tool's definition.</summary>
    public Findings WithoutPhrases() => Phrases.IsEmpty ? this : new([], Persons, _locations, _records, IsSaturated, Coverage);

    /// <summary>Only the phrases, of a text that is read a second time: what it counts was counted the first time.</summary>
    public Findings OnlyPhrases() => Phrases.IsEmpty ? None : new(Phrases, [], 0, 0, saturated: false, Coverage);

    /// <summary>One set of findings over several parts: phrases united, persons and coordinates distinct across parts, records added.</summary>
    /// <remarks>Byte ranges are of one part each, so merged persons have none.</remarks>
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
            return new([], [], 0, 0, saturated: false, coverage.DrainToImmutable());
        }

        var links = new PersonLinks();
        var phrases = new SortedSet<string>(StringComparer.Ordinal);
        var records = 0L;
        var saturated = false;
        foreach (var part in parts)
        {
            phrases.UnionWith(part.Phrases);
            records += part._records;
            saturated |= part.IsSaturated;
            foreach (var person in part.Persons)
            {
                var first = links.Add(person.Identifiers[0]);
                foreach (var other in person.Identifiers.AsSpan()[1..])
                {
                    links.Link(first, links.Add(other));
                }
            }
        }

        var persons = PersonGroups.Of(links, []);
        return new([.. phrases], persons, links.Locations, records, saturated, coverage.DrainToImmutable());
    }
}
