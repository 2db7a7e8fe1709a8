using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Phrases;

/// <summary>
/// The reading of a text as the source of another: tags and comments of HTML and XML are left out, references whose name nobody else knew
/// too, <c>=HH</c> is the character that quoted-printable (RFC 2045) writes so, and a char drawn like a Latin letter is that letter where a
/// phrase goes on with it (<see cref="LookAlikes"/>). What is left out is still read by the other readings.
/// </summary>
/// <remarks>
/// A reading of its own, because all of it is ambiguous: <c>a &lt;b</c> compares, <c>x=20</c> assigns, ° is a degree. Not thread-safe; used
/// again after <see cref="Complete"/>.
/// </remarks>
internal sealed class SourceReading(PhraseAutomaton automaton, FindingsCollector findings)
{
    /// <summary>The maximum number of chars of a tag or a comment; beyond it, it was none. Ten times a long tag.</summary>
    private const int MaxMarkup = 4096;

    /// <summary>The maximum number of chars of a reference: HTML's longest name has 31, and <c>&amp;</c> and <c>;</c>.</summary>
    private const int MaxReference = 33;

    private readonly PhraseMatcher _matcher = new(automaton, findings, EscapeReading.AsEscapes, seesLookAlikes: true);

    // What began like a tag, a reference or an escape and is not decided.
    private readonly (char Char, int Start)[] _open = new (char, int)[MaxReference + 1];
    private int _count;

    // In markup: its length so far, else 0; the quote of an attribute's value, or '!' in a comment, else NUL; the last two chars.
    private int _markup;
    private char _within;
    private (char Last, char Before) _recent;

    /// <summary>The raw offset from which the text may still become part of a hit, or <see cref="int.MaxValue"/>.</summary>
    public int HoldFrom => _count > 0 ? Math.Min(_open[0].Start, _matcher.HoldFrom) : _matcher.HoldFrom;

    /// <summary>The index of the first char at which this reading may differ from the usual one in ASCII text; -1 without one.</summary>
    public static int IndexOfSpecial(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var found = text[at..].IndexOfAny('<', '&', '=');
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (at + 1 == text.Length || MayFollow(text[at], text[at + 1]))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Continues from the state of <paramref name="usual"/>, with nothing of this reading's own begun.</summary>
    public void ContinueFrom(PhraseMatcher usual) => _matcher.ContinueFrom(usual);

    public void Scan(FoldedText text, int from, int to)
    {
        while (from < to)
        {
            if (_markup == 0 && _count == 0)
            {
                var special = text.Slice(from, to).IndexOfAny('<', '&', '=');
                var end = special < 0 ? to : from + special;
                _matcher.Scan(text, from, end);
                from = end;
            }

            if (from < to)
            {
                Take(text[from], text.StartOf(from));
                from++;
            }
        }
    }

    /// <summary>Reports the hits of a word that would end here.</summary>
    public void EndWord() => _matcher.EndWord();

    /// <summary>Ends the text, and prepares for the next.</summary>
    public void Complete()
    {
        while (_count > 1 && _open[0].Char == '&')
        {
            ReferenceWithoutSemicolon();
        }

        Release(_count);
        _matcher.Complete();
        _markup = 0;
        _within = '\0';
    }

    private static bool MayFollow(char opening, char c) => opening switch
    {
        '<' => char.IsAsciiLetter(c) || c is '/' or '!' or '?',
        '&' => char.IsAsciiLetter(c),
        _ => char.IsAsciiHexDigit(c),
    };

    private void Take(char c, int start)
    {
        if (_markup > 0)
        {
            Markup(c);
            return;
        }

        if (_count == 0 && c is not ('<' or '&' or '='))
        {
            _matcher.Push(c, start);
            return;
        }

        _open[_count++] = (c, start);
        if (_count == 1)
        {
            return;
        }

        var opening = _open[0].Char;
        if (_count == 2 && !MayFollow(opening, c))
        {
            TakeAgain();
        }
        else if (opening == '<')
        {
            (_count, _markup, _within, _recent) = (0, 2, '\0', (c, '<'));
            _matcher.Skip();
            _matcher.Skip();
        }
        else if (opening == '=')
        {
            Quoted(c);
        }
        else
        {
            Reference(c);
        }
    }

    private void Markup(char c)
    {
        _matcher.Skip();
        if (++_markup > MaxMarkup)
        {
            (_markup, _within) = (0, '\0');
            _matcher.Forget();
            return;
        }

        if (_within == '!' ? c == '>' && _recent == ('-', '-') : _within == '\0' && c == '>')
        {
            (_markup, _within) = (0, '\0');
        }
        else if (_within == '\0')
        {
            // An apostrophe in a tag's text quotes nothing: only a value is quoted.
            _within = _markup == 4 && c == '-' && _recent == ('-', '!') ? '!'
                : c is '"' or '\'' && _recent.Last == '=' ? c
                : '\0';
        }
        else if (c == _within && c != '!')
        {
            _within = '\0';
        }

        _recent = c is ' ' or '\n' && _recent.Last == '=' ? _recent : (c, _recent.Last);
    }

    private void Quoted(char c)
    {
        if (!char.IsAsciiHexDigit(c))
        {
            TakeAgain();
        }
        else if (_count == 3)
        {
            var value = (EscapeSyntax.HexValue(_open[1].Char) * 16) + EscapeSyntax.HexValue(_open[2].Char);
            if (value < 0x80)
            {
                Become(Folding.Of(value), 3);
            }
            else
            {
                Release(3); // a byte of a longer character, which is an escape where the others are there
            }
        }
    }

    private void Reference(char c)
    {
        if (c == ';')
        {
            Become(" ", _count); // a name that an escape does not know: a sign, whichever it is
        }
        else if (!char.IsAsciiLetterOrDigit(c) || _count > MaxReference)
        {
            ReferenceWithoutSemicolon();
        }
    }

    private void ReferenceWithoutSemicolon()
    {
        Span<char> name = stackalloc char[_count - 1];
        for (var index = 1; index < _count; index++)
        {
            name[index - 1] = _open[index].Char;
        }

        if (HtmlNames.ScalarAtFront(name, out var length) is >= 0 and var scalar)
        {
            Become(Folding.Of(scalar), length + 1);
        }
        else
        {
            TakeAgain();
        }
    }

    // The first chars are read as other text, and the rest once more: none of it but the last opens anything.
    private void Become(string text, int consumed)
    {
        foreach (var c in text)
        {
            _matcher.Push(c, _open[0].Start);
        }

        _open.AsSpan(consumed, _count - consumed).CopyTo(_open);
        _count -= consumed;
        TakeAgain();
    }

    private void TakeAgain()
    {
        if (_count > 0)
        {
            var last = _open[_count - 1];
            Release(_count - 1);
            Take(last.Char, last.Start);
        }
    }

    private void Release(int count)
    {
        for (var index = 0; index < count; index++)
        {
            _matcher.Push(_open[index].Char, _open[index].Start);
        }

        _count = 0;
    }
}
