using System.Collections.Immutable;

namespace Holdpoint.Signals;

/// <summary>
/// Findings that grow: of a text while it is read, of a part of an answer, of a call together with its answer. Adding costs what is new in
/// the added, whatever is here already. Nothing is ever taken out again. Not thread-safe.
/// </summary>
/// <remarks>
/// A link between two identifiers is made when it is added, unless it would give a person two of a kind (<see cref="PersonLinks"/>). Which
/// of two contradicting links is made therefore depends on the order in which they were seen.
/// </remarks>
internal sealed class GrowingFindings
{
    private readonly Findings _first;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _phrases = [];
    private PersonLinks? _links;
    private bool _isSaturated;

    /// <summary>Begins with what was found already, such as a call's findings before those of its answer.</summary>
    /// <param name="first">Its persons are read once, when the first further identifier is added.</param>
    public GrowingFindings(Findings first)
    {
        _first = first;
        _isSaturated = first.IsSaturated;
        Records = first.Counts.Records;
        foreach (var phrase in first.Phrases)
        {
            AddPhrase(phrase);
        }
    }

    /// <summary>Most persons that are counted; with more, the findings are the worst case. Unlimited unless set.</summary>
    public int MaxPersons { get; init; } = int.MaxValue;

    /// <summary>The identifiers so far and which of them belong together.</summary>
    public PersonLinks Links => _links ??= LinksOf(_first);

    /// <summary>Records so far, at most <see cref="Counts.Most"/>.</summary>
    public long Records { get; private set; }

    /// <summary>Names of the phrases found so far, each once, in order of discovery.</summary>
    public IReadOnlyList<string> Phrases => _phrases;

    public bool IsSaturated => _isSaturated || _links?.Persons > MaxPersons;

    /// <summary>What all of it counts. It can fall when a later row shows that two persons are one.</summary>
    public Counts Counts =>
        IsSaturated ? Counts.Worst
        : _links is { } links ? new(links.Persons, Records, links.Locations)
        : _first.Counts with { Records = Records };

    /// <summary>Grows whenever anything new is found: a phrase, an identifier, a record, saturation.</summary>
    public long Version => _phrases.Count + (_links?.Count ?? 0) + Records + (IsSaturated ? 1 : 0);

    public bool AddPhrase(string name)
    {
        var isNew = _known.Add(name);
        if (isNew)
        {
            _phrases.Add(name);
        }

        return isNew;
    }

    public void AddRecords(long count) => Records = Math.Min(Records + count, Counts.Most);

    /// <summary>There is more than can be counted.</summary>
    public void Saturate() => _isSaturated = true;

    /// <summary>Adds what was found in a part.</summary>
    public void Add(Findings found)
    {
        _isSaturated |= found.IsSaturated;
        AddRecords(found.Counts.Records);
        foreach (var phrase in found.Phrases)
        {
            AddPhrase(phrase);
        }

        if (!_isSaturated && !found.Persons.IsEmpty)
        {
            Links.Add(found.Persons);
        }
    }

    /// <summary>Adds what <paramref name="other"/> has beyond <paramref name="mark"/>, and moves the mark to its end.</summary>
    public void Add(GrowingFindings other, ref GrowingMark mark)
    {
        AddPhrases(other, ref mark);
        _isSaturated |= other.IsSaturated;
        AddRecords(other.Records - mark.Records);
        mark.Records = other.Records;
        if (!_isSaturated && other._links is { } links && (links.Count > mark.Identifiers || links.Made > mark.Links))
        {
            Links.Add(links, mark.Identifiers, mark.Links);
            (mark.Identifiers, mark.Links) = (links.Count, links.Made);
        }
    }

    /// <summary>Adds only the phrases, of a text whose persons are counted elsewhere.</summary>
    public void AddPhrases(GrowingFindings other, ref GrowingMark mark)
    {
        for (; mark.Phrases < other._phrases.Count; mark.Phrases++)
        {
            AddPhrase(other._phrases[mark.Phrases]);
        }
    }

    /// <summary>All of it now, with no places.</summary>
    public Findings ToFindings(ImmutableArray<CoverageEntry> coverage)
    {
        string[] phrases = [.. _phrases];
        Array.Sort(phrases, StringComparer.Ordinal);
        return new([.. phrases], IsSaturated ? [] : PersonGroups.Of(Links, []), Counts, IsSaturated, coverage);
    }

    /// <summary>Forgets everything, to be used for another text. Only for findings that began with nothing.</summary>
    public void Clear()
    {
        _known.Clear();
        _phrases.Clear();
        _links?.Clear();
        _isSaturated = false;
        Records = 0;
    }

    private static PersonLinks LinksOf(Findings findings)
    {
        var links = new PersonLinks();
        links.Add(findings.Persons);
        return links;
    }
}
