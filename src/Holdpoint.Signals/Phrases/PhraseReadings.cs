using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Phrases;

/// <summary>
/// Looks for phrases in one layer of text in all its readings: once an escape appears that may also be a stray backslash before a word, in
/// all four (<see cref="EscapeReading"/>); once something appears that may be markup, quoted-printable or drawn like another letter, in
/// one more (<see cref="SourceReading"/>). Not thread-safe; used again after <see cref="Complete"/>.
/// </summary>
internal sealed class PhraseReadings(PhraseAutomaton automaton, FindingsCollector findings)
{
    private readonly PhraseMatcher _usual = new(automaton, findings, EscapeReading.AsEscapes);
    private PhraseMatcher[] _others = [];
    private SourceReading? _source;
    private bool _readsOthers;
    private bool _readsSource;

    /// <summary>Whether the other readings have yet to begin, and would find anything.</summary>
    public bool CanBeginOthers => !_readsOthers && !automaton.IsEmpty;

    /// <summary>The raw offset from which the text may still become part of a hit, or <see cref="int.MaxValue"/>.</summary>
    public int HoldFrom
    {
        get
        {
            var from = _usual.HoldFrom;
            foreach (var reading in Others)
            {
                from = Math.Min(from, reading.HoldFrom);
            }

            return _readsSource ? Math.Min(from, _source!.HoldFrom) : from;
        }
    }

    /// <summary>Whether the reading of the text as a source has yet to begin, and would find anything.</summary>
    public bool CanBeginSource => !_readsSource && !automaton.IsEmpty;

    public void Scan(FoldedText text, int from, int to)
    {
        if (CanBeginSource && SourceReading.IndexOfSpecial(text.Slice(from, to)) is >= 0 and var special)
        {
            ScanAll(text, from, from + special);
            BeginSource();
            from += special;
        }

        ScanAll(text, from, to);
    }

    /// <summary>Begins the reading of the text as a source: from here on, it may differ from the usual one.</summary>
    public void BeginSource()
    {
        _source ??= new(automaton, findings);
        _readsSource = true;
        _source.ContinueFrom(_usual);
    }

    private void ScanAll(FoldedText text, int from, int to)
    {
        _usual.Scan(text, from, to);
        foreach (var reading in Others)
        {
            reading.Scan(text, from, to);
        }

        if (_readsSource)
        {
            _source!.Scan(text, from, to);
        }
    }

    /// <summary>Begins the other readings: from here on, the text has more than one.</summary>
    public void BeginOthers()
    {
        if (_others is [])
        {
            _others =
            [
                new(automaton, findings, EscapeReading.AsLetters, seesLookAlikes: true),
                new(automaton, findings, EscapeReading.AsLettersThatContinue, seesLookAlikes: true),
                new(automaton, findings, EscapeReading.AsLettersThatFit, seesLookAlikes: true),
            ];
        }

        _readsOthers = true;
        foreach (var reading in _others)
        {
            reading.ContinueFrom(_usual);
        }
    }

    /// <summary>Reports the hits of a word that would end here.</summary>
    public void EndWord()
    {
        _usual.EndWord();
        foreach (var reading in Others)
        {
            reading.EndWord();
        }

        if (_readsSource)
        {
            _source!.EndWord();
        }
    }

    /// <summary>Ends the text, and prepares for the next.</summary>
    public void Complete()
    {
        _usual.Complete();
        foreach (var reading in Others)
        {
            reading.Complete();
        }

        if (_readsSource)
        {
            _source!.Complete();
        }

        _readsOthers = false;
        _readsSource = false;
    }

    private ReadOnlySpan<PhraseMatcher> Others => _readsOthers ? _others : [];
}
