namespace Holdpoint.Policy.Evaluation;

/// <summary>
/// An expression that stands in several places of a set. The first place that is reached evaluates it; the others find the value in
/// the frame. A failure is not kept: each place fails by itself, with its own place in the text.
/// </summary>
internal sealed class SharedNode(Node inner, int slot) : Node(inner.Span)
{
    /// <summary>Where the frame keeps the value; equal for equal expressions only.</summary>
    public int Slot => slot;

    public override Value? Evaluate(ref Frame frame) => frame.Kept(slot) ?? EvaluateFirst(ref frame);

    public override Truth Test(ref Frame frame)
    {
        var kept = frame.Kept(slot);
        return ReferenceEquals(kept, BooleanValue.True) ? Truth.True
            : ReferenceEquals(kept, BooleanValue.False) ? Truth.False
            : TestFirst(ref frame, kept);
    }

    private Value? EvaluateFirst(ref Frame frame)
    {
        var value = inner.Evaluate(ref frame);
        if (value is not null)
        {
            frame.Keep(slot, value);
        }

        return value;
    }

    private Truth TestFirst(ref Frame frame, Value? kept)
    {
        if (kept is not null)
        {
            FailType(ref frame, ValueKind.Boolean, kept);
            return Truth.Error;
        }

        var truth = inner.Test(ref frame);
        if (truth != Truth.Error)
        {
            frame.Keep(slot, Value.Of(truth == Truth.True));
        }

        return truth;
    }
}
