namespace Holdpoint.Signals.Normalisation;

/// <summary>
/// Undoes one layer of escapes inside text: backslash, percent, HTML and quoted-printable. Several unescapers in a row undo several layers.
/// </summary>
/// <remarks>
/// A state machine over scalars: a possible escape is kept, at most <see cref="EscapeSyntax.MaxScalars"/> scalars, until it is one or is
/// not, then passed on decoded or unchanged. Work per scalar is bounded by that number.
/// </remarks>
internal sealed class Unescaper(ScalarSink next) : ScalarSink
{
    private readonly Scalar[] _pending = new Scalar[EscapeSyntax.MaxScalars];
    private int _count;
    private int _quotedTo = -1; // where an escape of quoted-printable ended that was the last to be undone

    public bool IsIdle => _count == 0;

    /// <summary>The raw offset of the first scalar kept back, or <see cref="int.MaxValue"/>.</summary>
    public int HoldFrom => _count == 0 ? int.MaxValue : _pending[0].Start;

    public override void Push(Scalar scalar)
    {
        if (_count == 0 && !EscapeSyntax.Begins(scalar.CodePoint))
        {
            next.Push(scalar);
            return;
        }

        _pending[_count++] = scalar;
        Resolve(atEnd: false);
    }

    /// <summary>Ends the text: the scalars kept back are decoded if possible, else passed on.</summary>
    public void Complete()
    {
        while (_count > 0)
        {
            Resolve(atEnd: true);
        }

        _quotedTo = -1;
    }

    private void Resolve(bool atEnd)
    {
        var escape = EscapeSyntax.Read(_pending.AsSpan(0, _count), atEnd, afterQuoted: _pending[0].Start == _quotedTo);
        if (escape.Length == EscapeSyntax.Incomplete)
        {
            return;
        }

        Span<Scalar> rest = stackalloc Scalar[EscapeSyntax.MaxScalars];
        var consumed = Math.Max(1, escape.Length);
        var left = _count - consumed;
        _pending.AsSpan(consumed, left).CopyTo(rest);
        var (first, last) = (_pending[0], _pending[consumed - 1]);
        _count = 0;
        if (escape.Length == EscapeSyntax.NotAnEscape)
        {
            next.Push(first);
        }
        else
        {
            _quotedTo = first.CodePoint == '=' ? last.End : -1;
            next.Push(new(escape.CodePoint, first.Start, last.End));
            if (escape.Letter != 0)
            {
                next.Push(new(EscapeLetters.MarkOf(escape.Letter), last.Start, last.End));
            }
        }

        foreach (var scalar in rest[..left])
        {
            Push(scalar);
        }
    }
}
