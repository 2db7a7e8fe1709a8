using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Phrases;

/// <summary>
/// Looks for phrases in one layer of text in all its readings: once an escape appears that may also be a stray backslash before a word, in
/// all four (<see cref="EscapeReading"/>). Not thread-safe; used again after <see cref="Complete"/>.
/// </summary>
internal sealed class PhraseReadings(PhraseAutomaton automaton, FindingsCollector findings)
{
    private readonly PhraseMatcher _usual = new(automaton, findings, EscapeReading.AsEscapes);
    private PhraseMatcher[] _others = [];
    private bool _readsOthers;

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

            return from;
        }
    }

    public void Scan(FoldedText text, int from, int to)
    {
        _usual.Scan(text, from, to);
        foreach (var reading in Others)
        {
            reading.Scan(text, from, to);
        }
    }

    /// <summary>Begins the other readings: from here on, the text has more than one.</summary>
    public void BeginOthers()
    {
        if (_others is [])
        {
            _others =
            [
                new(automaton, findings, EscapeReading.AsLetters),
                new(automaton, findings, EscapeReading.AsLettersThatContinue),
                new(automaton, findings, EscapeReading.AsLettersThatFit),
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
    }

    /// <summary>Ends the text, and prepares for the next.</summary>
    public void Complete()
    {
        _usual.Complete();
        foreach (var reading in Others)
        {
            reading.Complete();
        }

        _readsOthers = false;
    }

    private ReadOnlySpan<PhraseMatcher> Others => _readsOthers ? _others : [];
}
