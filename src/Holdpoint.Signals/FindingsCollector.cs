using System.Collections.Immutable;
using Holdpoint.Signals.Persons;
using Holdpoint.Signals.Phrases;

namespace Holdpoint.Signals;

/// <summary>
/// Gathers the findings of the scanners of one part. Bounded: beyond <see cref="Detectors.MaxPersons"/> persons or
/// <see cref="Detectors.MaxMentions"/> mentions it keeps only the worst case.
/// </summary>
/// <remarks>Not thread-safe; used again for the next part after <see cref="Clear"/>.</remarks>
internal sealed class FindingsCollector(PhraseAutomaton phrases, int maxPersons)
{
    private readonly List<Mention> _mentions = [];
    private readonly List<int> _lastRecord = [];
    private readonly bool[] _phraseFound = new bool[phrases.Names.Length];
    private readonly int _maxMentions = maxPersons * (Detectors.MaxMentions / Detectors.MaxPersons);
    private ImmutableArray<ByteRange>? _within;
    private SeamMap? _seams;
    private int _firstMention = int.MaxValue;
    private int _lastMention = -1;
    private int _record;

    /// <summary>The findings so far, without places.</summary>
    public GrowingFindings Found { get; } = new(Findings.None) { MaxPersons = maxPersons };

    public int MentionCount => _mentions.Count;

    /// <summary>Whether persons are looked for in this text.</summary>
    public bool SeesPersons { get; private set; } = true;

    /// <summary>From now on, only phrases are looked for in this text.</summary>
    public void SeeOnlyPhrases() => SeesPersons = false;

    /// <summary>Whether only identifiers that lie over a seam of joined texts are looked for.</summary>
    public bool SeesOnlySeams => _seams is not null;

    /// <summary>From now on, only identifiers that lie over a seam are collected, and no names.</summary>
    public void SeeOnlyOver(SeamMap seams) => _seams = seams;

    /// <summary>
    /// From now on, mentions that share no byte with <paramref name="ranges"/> (sorted, not overlapping) are not collected.
    /// </summary>
    public void SeeOnlyWithin(ImmutableArray<ByteRange> ranges) => _within = ranges;

    public bool HasPhrase(int name) => _phraseFound[name];

    public void AddPhrase(int name)
    {
        if (!_phraseFound[name])
        {
            _phraseFound[name] = true;
            Found.AddPhrase(phrases.Names[name]);
        }
    }

    /// <summary>Adds a mention and returns the identifier's node, or -1 when it is not collected.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="ranges">The mention's places, at least one: a name in two columns has two.</param>
    public int AddMention(Identifier identifier, params ReadOnlySpan<ByteRange> ranges)
    {
        if (!IsWanted(ranges) || (_seams is not null && identifier.Kind is IdentifierKind.Name or IdentifierKind.Passport))
        {
            return -1;
        }

        if (identifier.Kind != IdentifierKind.Name)
        {
            _firstMention = Math.Min(_firstMention, ranges[0].Start);
            _lastMention = Math.Max(_lastMention, ranges[^1].End);
        }

        if (Found.IsSaturated || _mentions.Count + ranges.Length > _maxMentions)
        {
            Found.Saturate();
            return -1;
        }

        var known = Found.Links.Count;
        var node = Found.Links.Add(identifier);
        if (Found.Links.Count > known)
        {
            _lastRecord.Add(0);
        }

        foreach (var range in ranges)
        {
            _mentions.Add(new(node, range));
        }

        return node;
    }

    public void Link(int left, int right)
    {
        if (left >= 0 && right >= 0)
        {
            Found.Links.Link(left, right);
        }
    }

    /// <summary>The next number for a record that has an identifier: 1, 2, …</summary>
    public int NextRecord() => ++_record;

    /// <summary>Whether the identifier is new in that record; remembers the latest record of each identifier.</summary>
    public bool IsFirstIn(int record, int node)
    {
        var isFirst = _lastRecord[node] != record;
        _lastRecord[node] = record;
        return isFirst;
    }

    public void AddRecords(int count) => Found.AddRecords(count);

    /// <summary>Notes that the text in <paramref name="range"/> cannot be read within bounds, so that anything may be in it.</summary>
    public void Saturate(ByteRange range)
    {
        if (IsWanted([range]))
        {
            Found.Saturate();
        }
    }

    /// <summary>The result of one check so far.</summary>
    public CoverageEntry CoverageOf(Check check, string path, long bytes, bool plain) => new(path, check, bytes, check switch
    {
        Check.Normalise => plain ? CoverageResult.Clean : CoverageResult.Found,
        Check.Phrases => Found.Phrases.Count == 0 ? CoverageResult.Clean : CoverageResult.Found,
        _ => Found.IsSaturated ? CoverageResult.Saturated : Found.Counts.Persons == 0 ? CoverageResult.Clean : CoverageResult.Found,
    });

    public Findings Build(
        string path,
        long bytes,
        bool plain,
        int openFrom = Findings.NotOpen,
        int personsFrom = Findings.NotOpen,
        (OpenTable? Before, OpenTable? After) tables = default)
    {
        ImmutableArray<CoverageEntry> coverage =
        [
            CoverageOf(Check.Normalise, path, bytes, plain),
            CoverageOf(Check.Phrases, path, bytes, plain),
            CoverageOf(Check.Persons, path, bytes, plain),
        ];
        var saturated = Found.IsSaturated;
        var persons = saturated ? [] : PersonGroups.Of(Found.Links, _mentions);
        return new(PhraseNames(), persons, Found.Counts, saturated, coverage)
        {
            OpenFrom = openFrom,
            PersonsFrom = personsFrom,
            FirstMention = _firstMention,
            LastMention = _lastMention,
            Tables = tables,
        };
    }

    public ImmutableArray<string> PhraseNames() =>
        Found.Phrases.Count == 0 ? [] : [.. phrases.Names.Where((_, index) => _phraseFound[index])];

    public void Clear()
    {
        Found.Clear();
        _mentions.Clear();
        _lastRecord.Clear();
        _record = 0;
        Array.Clear(_phraseFound);
        _within = null;
        _seams = null;
        (_firstMention, _lastMention) = (int.MaxValue, -1);
        SeesPersons = true;
    }

    private bool IsWanted(ReadOnlySpan<ByteRange> ranges)
    {
        if (_seams is { } seams)
        {
            return seams.IsCut(ranges[0]);
        }

        if (_within is not { } within)
        {
            return true;
        }

        foreach (var range in ranges)
        {
            if (range.TouchesAny(within.AsSpan()))
            {
                return true;
            }
        }

        return false;
    }
}
