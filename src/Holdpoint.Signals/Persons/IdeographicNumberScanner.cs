using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// Mobile phone numbers of China in Chinese digits: eleven, of which the first is 1 and the second 3 to 9. Nothing else has eleven digits
/// that are spelt one by one.
/// </summary>
internal sealed class IdeographicNumberScanner(RecordStack records)
{
    /// <summary>The digits in their order, 0 twice.</summary>
    public const string Digits = "\u3007\u96F6\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D";

    private const int Length = 11;
    private readonly char[] _digits = new char[Length];
    private int _start;
    private int _count;

    public bool IsIdle => _count == 0;

    public int HoldFrom(FoldedText text) => IsIdle ? int.MaxValue : text.StartOrMax(_start);

    public void Push(FoldedText text, char c, int position)
    {
        var digit = c < '\u3007' ? -1 : Digits.IndexOf(c);
        if (digit < 0)
        {
            // Groups may have a space or a hyphen between them.
            if (_count > 0 && (c is not (' ' or '-') || _count == Length))
            {
                End(text, position);
            }

            return;
        }

        _start = _count == 0 ? position : _start;
        if (_count < Length)
        {
            _digits[_count] = (char)('0' + Math.Max(0, digit - 1));
        }

        _count = Math.Min(_count + 1, Length + 1);
    }

    public void Complete(FoldedText text) => End(text, text.End);

    private void End(FoldedText text, int position)
    {
        if (_count == Length && _digits[0] == '1' && _digits[1] >= '3' && _start >= text.Oldest)
        {
            records.Add(IdentifierKind.Phone, _digits, text.RangeOf(_start, position));
        }

        _count = 0;
    }
}
