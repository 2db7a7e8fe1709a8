using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>One group of digits in a number.</summary>
/// <param name="Start">The position of the first digit.</param>
/// <param name="Length">The number of digits.</param>
/// <param name="Separator">
/// The separator before the group: NUL when no group of the same number precedes it, <c>(</c> for any parenthesis, else <c>-</c>, <c>.</c>,
/// <c>/</c> or a space.
/// </param>
/// <param name="Plus">Whether a plus sign is directly before the group.</param>
/// <param name="Parenthesised">Whether an opening parenthesis is directly before the group.</param>
internal readonly record struct DigitGroup(int Start, int Length, char Separator, bool Plus, bool Parenthesised)
{
    public int End => Start + Length;
}

/// <summary>Finds groups of digits that are written like one number, and hands the groups to <see cref="NumberPatterns"/>.</summary>
internal sealed class NumberScanner(NumberPatterns patterns)
{
    /// <summary>The maximum length of a group in an identifier, in digits: a payment card has at most 19.</summary>
    private const int MaxDigits = 19;

    /// <summary>
    /// The maximum number of groups read together; of a longer row the first are settled, then it continues. Fits the text's history.
    /// </summary>
    private const int MaxGroups = 16;

    /// <summary>The maximum length of a separator between groups, in chars, such as " - ".</summary>
    private const int MaxSeparator = 3;

    private readonly List<DigitGroup> _groups = new(MaxGroups);
    private int _groupStart = -1;
    private int _separatorStart;

    public bool IsIdle => _groupStart < 0 && _groups.Count == 0;

    public int HoldFrom(FoldedText text) =>
        IsIdle ? int.MaxValue : text.StartOrMax((_groups.Count > 0 ? _groups[0].Start : _groupStart) - 2);

    public void Push(FoldedText text, char c, int position, FieldKind field)
    {
        if (_groupStart >= 0)
        {
            if (!char.IsAsciiDigit(c))
            {
                EndGroup(text, c, position, field);
            }
            else if (position - _groupStart == MaxDigits)
            {
                // Too long to be anything: what stands before it is settled while it can still be read back.
                _groupStart = -1;
                Settle(text, field);
            }

            return;
        }
        else if (_groups.Count > 0)
        {
            if (!IsSeparator(c) || position - _separatorStart >= MaxSeparator)
            {
                var goesOn = char.IsAsciiDigit(c) && SeparatorBefore(text, position) != 0;
                if (!goesOn)
                {
                    DropWord(text);
                    Settle(text, field);
                }
                else
                {
                    _groupStart = position;
                    return;
                }
            }
        }

        if (IsIdle && char.IsAsciiDigit(c) && Begins(text, position))
        {
            _groupStart = position;
        }
    }

    public void Complete(FoldedText text, FieldKind field)
    {
        if (_groupStart >= 0)
        {
            EndGroup(text, '\n', text.End, field);
        }

        DropWord(text);

        Settle(text, field);
    }

    private void EndGroup(FoldedText text, char c, int position, FieldKind field)
    {
        var (start, length) = (_groupStart, position - _groupStart);
        _groupStart = -1;

        // A letter on the end makes it something else (5km, A4), but "x" begins an extension.
        var isPlain = c != '@' && (!char.IsLetter(c) || (c is 'x' or 'X' or 'e' or 'E' && _groups.Count > 0));
        if (isPlain)
        {
            var before = start > text.Oldest ? text[start - 1] : '\0';
            var isPlus = before == '+' && (start - 2 < text.Oldest || !char.IsLetterOrDigit(text[start - 2]));
            _groups.Add(new(start, length, _groups.Count == 0 ? '\0' : SeparatorBefore(text, start), isPlus, before == '('));
        }

        if (!isPlain || !IsSeparator(c))
        {
            Settle(text, field);
        }
        else if (_groups.Count == MaxGroups)
        {
            _groups.RemoveRange(0, patterns.Settle(text, _groups, field, isWhole: false));
        }

        _separatorStart = position;
    }

    // With an underscore behind it, a group is of a word, such as a file's name.
    private void DropWord(FoldedText text)
    {
        if (_groups.Count > 0 && _groups[^1].End is var end && end >= text.Oldest && end < text.End && text[end] == '_')
        {
            _groups.RemoveAt(_groups.Count - 1);
        }
    }

    private void Settle(FoldedText text, FieldKind field)
    {
        if (_groups.Count > 0)
        {
            patterns.Settle(text, _groups, field, isWhole: true);
            _groups.Clear();
        }
    }

    // The separator between the last group and the digit here: NUL when it is none that stands inside a number.
    private char SeparatorBefore(FoldedText text, int position)
    {
        var separator = text.Slice(_groups[^1].End, position);
        var kind = '\0';
        foreach (var c in separator)
        {
            if (c is '-' or '.' or '/' or '_')
            {
                if (kind is '-' or '.' or '/' or '_')
                {
                    return '\0';
                }

                kind = kind == '(' ? kind : c;
            }
            else if (c is '(' or ')')
            {
                kind = '(';
            }
            else if (kind == 0)
            {
                kind = ' ';
            }
        }

        // "3. 4" ends a sentence or numbers a list; " -4" is a negative number.
        return separator is ". " or " -" or " ." ? '\0' : kind;
    }

    private static bool Begins(FoldedText text, int position)
    {
        if (position == text.Oldest)
        {
            return true;
        }

        var before = text[position - 1];
        return !char.IsLetterOrDigit(before) && before != '_'
            && (before != '.' || position - 2 < text.Oldest || !char.IsLetterOrDigit(text[position - 2]));
    }

    private static bool IsSeparator(char c) => c is ' ' or '_' or '-' or '.' or '/' or '(' or ')';
}
