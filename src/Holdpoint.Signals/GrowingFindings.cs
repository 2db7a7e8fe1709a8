using System.Collections.Immutable;

namespace Holdpoint.Signals;

/// <summary>
/// Findings that grow: of a text while it is read, of a part of an answer, of a call together with its answer. The cost of adding depends
/// only on what is new in the added findings. Nothing is ever removed. Not thread-safe.
/// </summary>
/// <remarks>
/// A link between two identifiers is made when it is added, unless it would give a person two identifiers of a kind
/// (<see cref="PersonLinks"/>). The order in which two contradicting links were seen therefore decides which of them is made.
/// </remarks>
internal sealed class GrowingFindings
{
    private readonly Findings _first;
    private HashSet<string>? _known;
    private List<string>? _phrases;
    private PersonLinks? _links;
    private bool _isSaturated;

    /// <summary>Begins with earlier findings, such as a call's findings before those of its answer.</summary>
    /// <param name="first">The earlier findings. Their persons are read once, when the first further identifier is added.</param>
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

    /// <summary>The maximum number of persons that are counted; with more, the findings are the worst case. Unlimited unless set.</summary>
    public int MaxPersons { get; init; } = int.MaxValue;

    /// <summary>The identifiers so far, with the links between them.</summary>
    public PersonLinks Links => _links ??= LinksOf(_first);

    /// <summary>The number of records so far, at most <see cref="Counts.Most"/>.</summary>
    public long Records { get; private set; }

    /// <summary>Names of the phrases found so far, each once, in order of discovery.</summary>
    public IReadOnlyList<string> Phrases => _phrases ?? [];

    public bool IsSaturated => _isSaturated || _links?.Persons > MaxPersons;

    /// <summary>The counts of all findings. They can fall when a later row shows that two persons are one.</summary>
    public Counts Counts =>
        IsSaturated ? Counts.Worst
        : _links is { } links ? new(links.Persons, Records, links.Locations)
        : _first.Counts with { Records = Records };

    /// <summary>Grows whenever anything new is found: a phrase, an identifier, a record, saturation.</summary>
    public long Version => PhraseCount + (_links?.Count ?? 0) + Records + (IsSaturated ? 1 : 0);

    public bool AddPhrase(string name)
    {
        var isNew = (_known ??= new(StringComparer.Ordinal)).Add(name);
        if (isNew)
        {
            (_phrases ??= []).Add(name);
        }

        return isNew;
    }

    public void AddRecords(long count) => Records = Math.Min(Records + count, Counts.Most);

    /// <summary>Notes that there is more than can be counted.</summary>
    public void Saturate() => _isSaturated = true;

    /// <summary>Adds the findings of a part.</summary>
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

    /// <summary>Adds the findings of <paramref name="other"/> beyond <paramref name="mark"/>, and moves the mark to their end.</summary>
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

    /// <summary>Adds only the phrases of a text whose persons are counted elsewhere.</summary>
    public void AddPhrases(GrowingFindings other, ref GrowingMark mark)
    {
        for (; mark.Phrases < other.PhraseCount; mark.Phrases++)
        {
            AddPhrase(other._phrases![mark.Phrases]);
        }
    }

    /// <summary>All findings so far, without places.</summary>
    public Findings ToFindings(ImmutableArray<CoverageEntry> coverage)
    {
        string[] phrases = [.. Phrases];
        Array.Sort(phrases, StringComparer.Ordinal);
        return new([.. phrases], IsSaturated ? [] : PersonGroups.Of(Links, []), Counts, IsSaturated, coverage);
    }

    /// <summary>Forgets everything, to be used for another text. Only for findings that began with <see cref="Findings.None"/>.</summary>
    public void Clear()
    {
        _known?.Clear();
        _phrases?.Clear();
        _links?.Clear();
        _isSaturated = false;
        Records = 0;
    }

    private int PhraseCount => _phrases?.Count ?? 0;

    private static PersonLinks LinksOf(Findings findings)
    {
        var links = new PersonLinks();
        links.Add(findings.Persons);
        return links;
    }
}
