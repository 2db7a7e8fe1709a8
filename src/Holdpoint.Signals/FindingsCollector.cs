using System.Collections.Immutable;
using Holdpoint.Signals.Phrases;

namespace Holdpoint.Signals;

/// <summary>Gathers what the scanners of one part find. Bounded: past <see cref="Detectors.MaxMentions"/> it only knows "the worst".</summary>
/// <remarks>Not thread-safe; used again for the next part after <see cref="Clear"/>.</remarks>
internal sealed class FindingsCollector(PhraseAutomaton phrases, int maxMentions)
{
    private readonly PersonLinks _links = new();
    private readonly List<Mention> _mentions = [];
    private readonly List<int> _lastRecord = [];
    private readonly bool[] _phraseFound = new bool[phrases.Names.Length];
    private int _record;

    public int PersonCount => _links.Persons;

    public int LocationCount => _links.Locations;

    public int MentionCount => _mentions.Count;

    public long RecordCount { get; private set; }

    public bool IsSaturated { get; private set; }

    /// <summary>Grows whenever anything new was found: a phrase, an identifier, a record, saturation.</summary>
    public long Version { get; private set; }

    public bool HasPhrase(int name) => _phraseFound[name];

    public void AddPhrase(int name)
    {
        if (!_phraseFound[name])
        {
            _phraseFound[name] = true;
            Version++;
        }
    }

    /// <summary>Adds a mention and answers the identifier's node, or -1 once saturated.</summary>
    public int AddMention(Identifier identifier, ByteRange range)
    {
        if (IsSaturated || _mentions.Count == maxMentions)
        {
            Saturate();
            return -1;
        }

        var known = _links.Count;
        var node = _links.Add(identifier);
        if (_links.Count > known)
        {
            _lastRecord.Add(0);
        }

        _mentions.Add(new(node, range));
        Version += _links.Count - known;
        return node;
    }

    /// <summary>One more place of an identifier that was just added, such as the surname of a name in two columns.</summary>
    public void AddPlace(int node, ByteRange range)
    {
        if (IsSaturated || _mentions.Count == maxMentions)
        {
            Saturate();
        }
        else
        {
            _mentions.Add(new(node, range));
        }
    }

    public void Link(int left, int right)
    {
        if (left >= 0 && right >= 0)
        {
            _links.Link(left, right);
        }
    }

    /// <summary>A number for a record that has an identifier: 1, 2, …</summary>
    public int NextRecord() => ++_record;

    /// <summary>Whether the identifier is new in that record; remembers the latest record of each identifier.</summary>
    public bool IsFirstIn(int record, int node)
    {
        var isFirst = _lastRecord[node] != record;
        _lastRecord[node] = record;
        return isFirst;
    }

    public void AddRecords(int count)
    {
        RecordCount += count;
        Version += count;
    }

    public void Saturate()
    {
        Version += IsSaturated ? 0 : 1;
        IsSaturated = true;
    }

    public ImmutableArray<string> PhraseNames() =>
        _phraseFound.AsSpan().IndexOf(true) < 0 ? [] : [.. phrases.Names.Where((_, index) => _phraseFound[index])];

    public Findings Build(string path, long bytes, bool plain)
    {
        var names = PhraseNames();
        ImmutableArray<CoverageEntry> coverage =
        [
            new(path, Check.Normalise, bytes, plain ? CoverageResult.Clean : CoverageResult.Found),
            new(path, Check.Phrases, bytes, names.IsEmpty ? CoverageResult.Clean : CoverageResult.Found),
            new(path, Check.Persons, bytes, IsSaturated ? CoverageResult.Saturated : PersonCount == 0 ? CoverageResult.Clean : CoverageResult.Found),
        ];
        return new(names, IsSaturated ? [] : PersonGroups.Of(_links, _mentions), LocationCount, RecordCount, IsSaturated, coverage);
    }

    public void Clear()
    {
        _links.Clear();
        _mentions.Clear();
        _lastRecord.Clear();
        _record = 0;
        Array.Clear(_phraseFound);
        RecordCount = 0;
        Version = 0;
        IsSaturated = false;
    }
}
