namespace Holdpoint.Signals.Normalisation;

/// <summary>One Unicode scalar value and the raw bytes it came from, as offsets into the part.</summary>
internal readonly record struct Scalar(int CodePoint, int Start, int End);

/// <summary>A step that takes scalars one by one.</summary>
internal abstract class ScalarSink
{
    /// <summary>
    /// Takes the next scalar. Never a surrogate, and never a <see cref="EscapeLetters">mark</see> that the text itself brought.
    /// </summary>
    public abstract void Push(Scalar scalar);
}
