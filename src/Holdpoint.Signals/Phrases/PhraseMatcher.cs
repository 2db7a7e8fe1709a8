using System.Numerics;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Phrases;

/// <summary>The reading of a backslash with a letter: see <see cref="EscapeLetters"/>.</summary>
internal enum EscapeReading
{
    /// <summary>Every such pair is an escape.</summary>
    AsEscapes,

    /// <summary>Every such pair is a stray backslash and a letter.</summary>
    AsLetters,

    /// <summary>The letter counts where it continues a possible phrase, else the pair is an escape: for texts with both.</summary>
    AsLettersThatContinue,

    /// <summary>As <see cref="AsLettersThatContinue"/>, and the letter counts where it begins a possible phrase too.</summary>
    AsLettersThatFit,
}

/// <summary>Runs one layer of folded text through the automaton and reports the names that it hits.</summary>
/// <param name="automaton">The phrases.</param>
/// <param name="findings">The collector that receives hits.</param>
/// <param name="letters">The reading of the letters of one-letter escapes.</param>
/// <param name="seesLookAlikes">Whether a char that may stand for a Latin letter (<see cref="LookAlikes"/>) is one where a phrase goes on
/// with it.</param>
internal sealed class PhraseMatcher(
    PhraseAutomaton automaton, FindingsCollector findings, EscapeReading letters, bool seesLookAlikes = false)
{
    /// <summary>
    /// The maximum number of raw bytes from the first to the last letter of a possible phrase, 64 KiB, which a stream keeps back. Honest
    /// text never comes near; a flood of invisible characters inside a phrase does, and then the findings are the worst case.
    /// </summary>
    public const int MaxSpanBytes = 64 * 1024;

    /// <summary>
    /// The maximum number of blanks in a row for which a stream keeps back what may be the beginning of a phrase: a screen full of empty
    /// lines. A phrase that goes on behind more of them is found all the same, but its beginning has left.
    /// </summary>
    public const int MaxHeldBlanks = 2048;

    private const int AtBoundary = int.MinValue;

    // Of the last letters, as many as the longest phrase has: their raw offset, and in the sign whether a word begins there.
    private readonly int[] _letters = new int[BitOperations.RoundUpToPowerOf2((uint)automaton.LongestPhrase + 1)];
    private int _count;
    private int _state;
    private int _gap;
    private int _blanks;
    private bool _afterSeparator = true;
    private bool _afterSpaceless;

    /// <summary>The raw offset from which the text may still become part of a hit, or <see cref="int.MaxValue"/>.</summary>
    public int HoldFrom
    {
        get
        {
            for (var state = _blanks > MaxHeldBlanks ? 0 : _state; state != 0; state = automaton.Fail(state))
            {
                var letter = LetterAt(automaton.Depth(state));
                if (letter < 0 && (automaton.Continues(state) || (!_afterSeparator && !automaton.Hits(state).IsEmpty)))
                {
                    return letter & int.MaxValue;
                }
            }

            return int.MaxValue;
        }
    }

    public void Scan(FoldedText text, int from, int to)
    {
        if (automaton.IsEmpty)
        {
            return;
        }

        var chars = text.Slice(from, to);
        for (var index = 0; index < chars.Length; index++)
        {
            var c = chars[index];
            if (_state == 0 && c < 128)
            {
                index += SkipOrdinary(chars[index..]);
                if (index == chars.Length)
                {
                    return;
                }

                c = chars[index];
            }

            Push(c, text.StartOf(from + index));
        }
    }

    /// <summary>Takes one folded char of the raw offset <paramref name="start"/>.</summary>
    public void Push(char c, int start)
    {
        if (EscapeLetters.IsMark(c))
        {
            c = EscapeLetters.LetterOf(c);
            if (letters == EscapeReading.AsEscapes || (letters != EscapeReading.AsLetters && !Fits(c)))
            {
                return;
            }
        }
        else if (seesLookAlikes && c >= 128 && LookAlikes.LettersOf(c) is { Length: > 0 } standsFor)
        {
            c = LetterThatGoesOn(c, standsFor);
        }

        var @class = automaton.ClassOf(c);
        if (@class != PhraseAutomaton.Separator)
        {
            Letter(c, @class, start);
        }
        else
        {
            Separator(isBlank: c is ' ' or '\t' or '\n');
        }
    }

    /// <summary>Takes a char that is not read, such as one of markup: like a blank.</summary>
    public void Skip() => Separator(isBlank: true);

    /// <summary>Forgets what may be the beginning of a phrase.</summary>
    public void Forget() => _state = 0;

    /// <summary>Reports the hits of a word that would end here.</summary>
    public void EndWord() => Report();

    /// <summary>Ends the text, which is a word boundary, and prepares for the next text.</summary>
    public void Complete()
    {
        Report();
        _count = 0;
        _state = 0;
        _gap = 0;
        _blanks = 0;
        _afterSeparator = true;
        _afterSpaceless = false;
    }

    /// <summary>Continues from the state of <paramref name="other"/>.</summary>
    public void ContinueFrom(PhraseMatcher other)
    {
        other._letters.CopyTo(_letters, 0);
        (_count, _state, _gap, _blanks) = (other._count, other._state, other._gap, other._blanks);
        (_afterSeparator, _afterSpaceless) = (other._afterSeparator, other._afterSpaceless);
    }

    // In no phrase, a char that begins none only matters for whether the next is at a boundary. That is most of most texts.
    private int SkipOrdinary(ReadOnlySpan<char> chars)
    {
        var skipped = automaton.Starts.IndexOf(chars, _afterSeparator || _afterSpaceless);
        skipped = skipped < 0 ? chars.Length : skipped;
        if (skipped > 0)
        {
            (_afterSeparator, _afterSpaceless) = (automaton.ClassOf(chars[skipped - 1]) == PhraseAutomaton.Separator, false);
        }

        return skipped;
    }

    private void Letter(char c, int @class, int start)
    {
        var spaceless = PhraseAutomaton.StandsWithoutSpaces(c);
        var begins = _afterSeparator || spaceless || _afterSpaceless;
        if (begins && !_afterSeparator)
        {
            Report();
        }

        _letters[_count++ & (_letters.Length - 1)] = start | (begins ? AtBoundary : 0);
        _state = automaton.Next(_state, @class);
        while (_state != 0 && LetterAt(automaton.Depth(_state)) >= 0)
        {
            _state = automaton.Fail(_state); // what began inside a word is never a hit, so it is not a phrase in progress
        }

        if (_state != 0 && (LetterAt(automaton.Depth(_state)) & int.MaxValue) is var first && start - first > MaxSpanBytes)
        {
            findings.Saturate(new(first, start + 1));
        }

        _gap = 0;
        _blanks = 0;
        _afterSeparator = false;
        _afterSpaceless = spaceless;
        if (spaceless)
        {
            Report();
        }
    }

    private bool Fits(char letter) =>
        (_state != 0 || letters == EscapeReading.AsLettersThatFit) && GoesOnWith(letter);

    private bool GoesOnWith(char letter) =>
        automaton.ClassOf(letter) is > PhraseAutomaton.Other and var @class
        && automaton.Depth(automaton.Next(_state, @class)) > automaton.Depth(_state);

    private char LetterThatGoesOn(char c, string standsFor)
    {
        if (!GoesOnWith(c))
        {
            foreach (var letter in standsFor)
            {
                if (GoesOnWith(letter))
                {
                    return letter;
                }
            }
        }

        return c;
    }

    private void Separator(bool isBlank)
    {
        if (!_afterSeparator)
        {
            Report();
            _afterSeparator = true;
        }

        // White space is no text: a page of empty lines between two words leaves them neighbours.
        if (isBlank)
        {
            _blanks = _state == 0 ? 0 : _blanks + 1;
        }
        else if (++_gap > PhraseAutomaton.MaxGap)
        {
            _state = 0;
        }
    }

    private void Report()
    {
        foreach (var (name, length) in automaton.Hits(_state))
        {
            if (!findings.HasPhrase(name) && LetterAt(length) < 0)
            {
                findings.AddPhrase(name);
            }
        }
    }

    private int LetterAt(int back) => _letters[(_count - back) & (_letters.Length - 1)];
}
