using System.Runtime.CompilerServices;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary>
/// A compiled expression. Nodes are typed by what they can give, so that truth values and integers pass without objects; each kind
/// answers every question, and asks for the type itself where its value could have another.
/// </summary>
internal abstract class Node(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>Whether every value of the node is an integer, so that <see cref="TryNumber"/> spares an object.</summary>
    public virtual bool IsNumber => false;

    /// <summary>The value; null when the frame holds an error.</summary>
    public abstract Value? Evaluate(ref Frame frame);

    /// <summary>The truth value; an error when it is none.</summary>
    public virtual Truth Test(ref Frame frame)
    {
        switch (Evaluate(ref frame))
        {
            case BooleanValue { Value: var truth }:
                return truth ? Truth.True : Truth.False;
            case { } other:
                FailType(ref frame, ValueKind.Boolean, other);
                return Truth.Error;
            default:
                return Truth.Error;
        }
    }

    /// <summary>The integer; false when there is none and the frame holds the error.</summary>
    public virtual bool TryNumber(ref Frame frame, out long number)
    {
        number = 0;
        switch (Evaluate(ref frame))
        {
            case LongValue value:
                number = value.Value;
                return true;
            case { } other:
                FailType(ref frame, ValueKind.Long, other);
                return false;
            default:
                return false;
        }
    }

    /// <summary>The value when it has type <typeparamref name="T"/>; null when the frame holds an error.</summary>
    /// <remarks>Inlined, so that the test of the type is one comparison: code shared by all types would look it up each time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? EvaluateAs<T>(ref Frame frame, ValueKind expected)
        where T : Value
    {
        var value = Evaluate(ref frame);
        if (value is T fitting)
        {
            return fitting;
        }

        if (value is not null)
        {
            FailType(ref frame, expected, value);
        }

        return null;
    }

    protected void FailType(ref Frame frame, ValueKind expected, Value found) =>
        FailType(ref frame, TypeName.Of(expected), found);

    protected void FailType(ref Frame frame, string expected, Value found) =>
        frame.Fail(EvaluationFault.Type, $"expected {expected}, found {TypeName.Of(found.Kind)}", Span);
}

/// <summary>A node whose value is a truth value.</summary>
internal abstract class TruthNode(SourceSpan span) : Node(span)
{
    public abstract override Truth Test(ref Frame frame);

    public sealed override Value? Evaluate(ref Frame frame) => Test(ref frame) switch
    {
        Truth.True => BooleanValue.True,
        Truth.False => BooleanValue.False,
        _ => null,
    };

    protected static Truth From(bool value) => value ? Truth.True : Truth.False;
}

/// <summary>A node whose value is an integer.</summary>
internal abstract class NumberNode(SourceSpan span) : Node(span)
{
    public sealed override bool IsNumber => true;

    public abstract override bool TryNumber(ref Frame frame, out long number);

    public sealed override Value? Evaluate(ref Frame frame) => TryNumber(ref frame, out var number) ? Value.Of(number) : null;
}
