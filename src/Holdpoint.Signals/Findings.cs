using System.Collections.Immutable;
using Holdpoint.Signals.Persons;

namespace Holdpoint.Signals;

/// <summary>The findings of the detectors in one part, or merged over several. Fallible, so they may only tighten a decision.</summary>
/// <remarks>Immutable; safe to share.</remarks>
public sealed class Findings
{
    /// <summary>The value of every count when there was more than the detectors count.</summary>
    public const long WorstCount = Counts.Most;

    /// <summary>The value of <see cref="OpenFrom"/> when nothing is open.</summary>
    internal const int NotOpen = int.MaxValue;

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

    /// <summary>The findings when nothing was read: no counts, no coverage.</summary>
    public static Findings None { get; } = new([], [], Counts.None, saturated: false, []);

    /// <summary>The names of the agreement's phrases that appear, sorted (ordinal), each once.</summary>
    public ImmutableArray<string> Phrases { get; }

    /// <summary>
    /// The distinct persons in order of first mention, after <see cref="Merge"/> of kind and key; empty when <see cref="IsSaturated"/>, as
    /// not all are known.
    /// </summary>
    public ImmutableArray<PersonFinding> Persons { get; }

    /// <summary>The counts; <see cref="Counts.Worst"/> when <see cref="IsSaturated"/>.</summary>
    public Counts Counts { get; }

    /// <summary>
    /// Whether a part exceeded <see cref="Detectors.MaxPersons"/> or <see cref="Detectors.MaxMentions"/>, or had text that could not be
    /// held back: every count is then <see cref="WorstCount"/>.
    /// </summary>
    public bool IsSaturated { get; }

    /// <summary>Every check that was made, in the order of the parts.</summary>
    public ImmutableArray<CoverageEntry> Coverage { get; }

    /// <summary>The number of distinct persons, 0 to <see cref="WorstCount"/>.</summary>
    public long PersonCount => Counts.Persons;

    /// <summary>The number of distinct coordinates, 0 to <see cref="WorstCount"/>.</summary>
    public long LocationCount => Counts.Locations;

    /// <summary>
    /// The number of rows and objects that carry persons, 0 to <see cref="WorstCount"/>; a row that lists n of a kind counts n.
    /// </summary>
    public long RecordCount => Counts.Records;

    /// <summary>
    /// The offset in the scanned text from which its end may be the beginning of a finding that goes on in the next text; else
    /// <see cref="NotOpen"/>.
    /// </summary>
    internal int OpenFrom { get; init; } = NotOpen;

    /// <summary>
    /// The offset in the scanned text from which its end may be the beginning of an identifier that goes on in the next text; else
    /// <see cref="NotOpen"/>.
    /// </summary>
    internal int PersonsFrom { get; init; } = NotOpen;

    /// <summary>The offset of the first byte of an identifier in the scanned text, names left out; int.MaxValue for none.</summary>
    internal int FirstMention { get; init; } = int.MaxValue;

    /// <summary>The offset after the last byte of an identifier in the scanned text, names left out; -1 for none.</summary>
    internal int LastMention { get; init; } = -1;

    /// <summary>The table in which the text begins, and the one that is open at its end.</summary>
    internal (OpenTable? Before, OpenTable? After) Tables { get; init; }

    /// <summary>Whether the detectors saw nothing at all.</summary>
    internal bool IsNothing => Phrases.IsEmpty && Counts == Counts.None;

    /// <summary>
    /// The same findings with only the persons mentioned in <paramref name="ranges"/> (sorted, not overlapping). Filter each part, then
    /// <see cref="Merge"/>, so that a person of two parts counts once: merged persons have no ranges and would all be left out. The number
    /// of records stays that of the whole part. Saturated findings have no places, so with any range they stay the worst case;
    /// <see cref="Detectors.ScanWithin(Holdpoint.Wire.Part, ImmutableArray{ByteRange})"/> counts exactly.
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

    /// <summary>The same findings for a text in which phrases mean nothing: a tool's definition that the agreement registers.</summary>
    public Findings WithoutPhrases() => Phrases.IsEmpty ? this : new([], Persons, Counts, IsSaturated, Coverage)
    {
        PersonsFrom = PersonsFrom,
        FirstMention = FirstMention,
        LastMention = LastMention,
        Tables = Tables,
    };

    /// <summary>
    /// Merges the findings of several parts: phrases united, persons and coordinates distinct across parts, records added.
    /// </summary>
    /// <remarks>
    /// Byte ranges are of one part each, so merged persons have none. The result is saturated when any part is. Linear in the findings.
    /// </remarks>
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
