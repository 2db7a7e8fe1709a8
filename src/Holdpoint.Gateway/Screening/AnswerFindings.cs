using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Screening;

/// <summary>
/// The findings in a call and, so far, in its answer. Each observation costs what is new in it, whatever the call and the answer
/// before it held; the persons of the call are read once, when the answer first shows an identifier. Belongs to one answer; not
/// thread-safe.
/// </summary>
/// <param name="call">What was found in the call.</param>
internal sealed class AnswerFindings(Findings call)
{
    private readonly Dictionary<string, ObservedPart> _parts = [];
    private GrowingFindings _all = new(call);
    private long _bytes;
    private bool _isReplaced;
    private Agreements.Signals? _now;
    private (Counts Counts, int Phrases) _nowOf;
    private Agreements.Signals? _settled;
    private Agreements.Signals? _covered;

    /// <summary>The signals of call and answer together. The same object as long as they do not change.</summary>
    public Agreements.Signals Signals
    {
        get
        {
            BeginAgainIfReplaced();
            var of = (_all.Counts, _all.Phrases.Count);
            if (_now is null || of != _nowOf)
            {
                _now = of.Counts.ToSignals(_all.Phrases);
                _nowOf = of;
            }

            return _now;
        }
    }

    /// <summary>Exposure in this version is what the call and its answer show by themselves.</summary>
    public ExposureCounts Exposure
    {
        get
        {
            BeginAgainIfReplaced();
            return _all.Counts.ToExposure();
        }
    }

    /// <summary>
    /// Whether something is seen that the signals last settled do not cover; before the first settling, those of the call. Immediate when
    /// nothing new was observed since this was last asked.
    /// </summary>
    public bool HasNews
    {
        get
        {
            var now = Signals;
            if (ReferenceEquals(now, _covered))
            {
                return false;
            }

            _settled ??= call.ToSignals();
            if (!_settled.Covers(now))
            {
                return true;
            }

            _covered = now;
            return false;
        }
    }

    /// <summary>Notes that the present signals have been decided on.</summary>
    public void Settle() => _settled = _covered = Signals;

    /// <summary>Takes what was found in a part of the answer; it replaces what was taken of that part before.</summary>
    /// <param name="path">The part's path in the answer.</param>
    /// <param name="kind">Whether its bytes are text.</param>
    /// <param name="bytes">How many bytes it has, 0 for what is read a second time.</param>
    /// <param name="found">What was found in them.</param>
    public void Observe(string path, PartKind kind, long bytes, Findings found)
    {
        var part = PartAt(path, bytes);
        if (part.Whole is { } before && !(before.IsNothing && found.Persons.IsEmpty))
        {
            _isReplaced = true; // also when it was empty before: its links come at its first place in the order
        }

        _isReplaced |= part.Streamed is not null;
        (part.Whole, part.Streamed, part.StreamedCoverage) = (found, null, []);
        if (!_isReplaced)
        {
            _all.Add(found);
        }
    }

    /// <summary>Takes what was found in a part so far while it streams.</summary>
    /// <param name="path">The part's path in the answer.</param>
    /// <param name="bytes">How many bytes of it have come.</param>
    /// <param name="found">What was found in them: always the same object, which grows.</param>
    /// <param name="coverage">Every check of the part: always the same list, whose entries change.</param>
    public void Observe(string path, long bytes, GrowingFindings found, IReadOnlyList<CoverageEntry> coverage)
    {
        var part = PartAt(path, bytes);
        _isReplaced |= part.Whole is not null;
        (part.Streamed, part.StreamedCoverage, part.Whole) = (found, coverage, null);
        if (!_isReplaced)
        {
            _all.Add(found, ref part.Mark);
        }
    }

    /// <summary>The screened parts of the answer; null when nothing was screened.</summary>
    public Coverage? Coverage() =>
        _parts.Count == 0 ? null : CoverageJson.Of(_parts.Count, _bytes, _parts.Values.SelectMany(static part => part.Coverage));

    private ObservedPart PartAt(string path, long bytes)
    {
        if (!_parts.TryGetValue(path, out var part))
        {
            _parts.Add(path, part = new ObservedPart());
        }

        _bytes += bytes - part.Bytes;
        part.Bytes = bytes;
        return part;
    }

    // Nothing can be taken out of what was united. Only tool calls that a provider places twice come here, and there are few of those.
    private void BeginAgainIfReplaced()
    {
        if (!_isReplaced)
        {
            return;
        }

        _isReplaced = false;
        _now = null; // as many as before may be others
        _all = new(call);
        foreach (var part in _parts.Values)
        {
            if (part.Whole is { } whole)
            {
                _all.Add(whole);
            }

            if (part.Streamed is { } streamed)
            {
                part.Mark = default;
                _all.Add(streamed, ref part.Mark);
            }
        }
    }

    private sealed class ObservedPart
    {
        public GrowingMark Mark;

        public long Bytes { get; set; }

        public Findings? Whole { get; set; }

        public GrowingFindings? Streamed { get; set; }

        public IReadOnlyList<CoverageEntry> StreamedCoverage { get; set; } = [];

        public IEnumerable<CoverageEntry> Coverage => Whole is { } whole ? whole.Coverage : StreamedCoverage;
    }
}
