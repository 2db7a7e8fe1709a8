using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Signals;

namespace Holdpoint.Gateway.Screening;

/// <summary>
/// The findings in a call and, so far, in its answer. Each observation costs what is new in it, whatever the call and the answer
/// before it held; the persons of the call are read once, when the answer first shows an identifier. Nothing is ever taken out: what
/// an answer showed once it has shown, also where it says something else in the same place later. Belongs to one answer; not
/// thread-safe.
/// </summary>
/// <param name="call">What was found in the call.</param>
internal sealed class AnswerFindings(Findings call)
{
    private readonly Dictionary<string, ObservedPart> _parts = [];
    private readonly GrowingFindings _all = new(call);
    private long _bytes;
    private Agreements.Signals? _now;
    private (Counts Counts, int Phrases) _nowOf;
    private Agreements.Signals? _settled;
    private Agreements.Signals? _covered;

    /// <summary>The signals of call and answer together. The same object as long as they do not change.</summary>
    public Agreements.Signals Signals
    {
        get
        {
            var of = (_all.Counts, _all.Phrases.Count);
            if (_now is null || of != _nowOf)
            {
                _now = of.Counts.ToSignals(ProviderKeys.WithoutKey(_all.Phrases));
                _nowOf = of;
            }

            return _now;
        }
    }

    /// <summary>Whether the answer shows the key of a provider.</summary>
    public bool ShowsProviderKey => ProviderKeys.Shows(_all.Phrases);

    /// <summary>Exposure in this version is what the call and its answer show by themselves.</summary>
    public ExposureCounts Exposure => _all.Counts.ToExposure();

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

    /// <summary>Takes what was found in a text that is complete: a whole part, or the arguments of a tool call.</summary>
    /// <param name="path">The text's path in the answer.</param>
    /// <param name="bytes">How many bytes it has, 0 for what is read a second time.</param>
    /// <param name="found">What was found in them.</param>
    public void Observe(string path, long bytes, Findings found)
    {
        _bytes += bytes;
        PartAt(path).Complete.AddRange(found.Coverage);
        _all.Add(found);
    }

    /// <summary>Takes what was found in a part so far while it streams.</summary>
    /// <param name="path">The part's path in the answer.</param>
    /// <param name="bytes">How many bytes of it have come.</param>
    /// <param name="found">What was found in them: always the same object, which grows.</param>
    /// <param name="coverage">Every check of the part: always the same list, whose entries change.</param>
    public void Observe(string path, long bytes, GrowingFindings found, IReadOnlyList<CoverageEntry> coverage)
    {
        var part = PartAt(path);
        _bytes += bytes - part.StreamedBytes;
        (part.StreamedBytes, part.Streamed) = (bytes, coverage);
        _all.Add(found, ref part.Mark);
    }

    /// <summary>Notes that a part streams bytes that no detector reads.</summary>
    /// <param name="path">The part's path in the answer.</param>
    /// <param name="bytes">How many such bytes of it have come.</param>
    /// <param name="coverage">The checks that did not read them.</param>
    public void ObserveOpaque(string path, long bytes, IReadOnlyList<CoverageEntry> coverage)
    {
        var part = PartAt(path);
        _bytes += bytes - part.OpaqueBytes;
        (part.OpaqueBytes, part.Opaque) = (bytes, coverage);
    }

    /// <summary>The screened parts of the answer; null when nothing was screened.</summary>
    public Coverage? Coverage() => _parts.Count == 0 ? null : CoverageJson.Of(_parts.Count, _bytes, Entries());

    private IEnumerable<CoverageEntry> Entries()
    {
        foreach (var part in _parts.Values)
        {
            for (var i = 0; i < part.Streamed.Count; i++)
            {
                yield return part.Streamed[i];
            }

            for (var i = 0; i < part.Opaque.Count; i++)
            {
                yield return part.Opaque[i];
            }

            for (var i = 0; i < part.Complete.Count; i++)
            {
                yield return part.Complete[i];
            }
        }
    }

    private ObservedPart PartAt(string path)
    {
        if (!_parts.TryGetValue(path, out var part))
        {
            _parts.Add(path, part = new ObservedPart());
        }

        return part;
    }

    /// <summary>The coverage of one path. Complete texts, a streamed text and opaque bytes there are each read by themselves.</summary>
    private sealed class ObservedPart
    {
        public GrowingMark Mark;

        public List<CoverageEntry> Complete { get; } = new(capacity: 3);

        public long StreamedBytes { get; set; }

        public IReadOnlyList<CoverageEntry> Streamed { get; set; } = [];

        public long OpaqueBytes { get; set; }

        public IReadOnlyList<CoverageEntry> Opaque { get; set; } = [];
    }
}
