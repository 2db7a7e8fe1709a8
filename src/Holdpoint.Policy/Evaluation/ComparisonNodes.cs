using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary>An operand of a comparison: an integer without an object where there is none, any other value as it is.</summary>
internal readonly ref struct Operand
{
    private Operand(Value? value, long number, bool isNumber)
    {
        Value = value;
        Number = number;
        IsNumber = isNumber;
    }

    /// <summary>The value, where it is no integer.</summary>
    public Value? Value { get; }

    public long Number { get; }

    public bool IsNumber { get; }

    /// <summary>Whether the evaluation failed; the frame then holds the error.</summary>
    public bool IsError => Value is null && !IsNumber;

    public ValueKind Kind => IsNumber ? ValueKind.Long : Value!.Kind;

    public static Operand Of(Node node, ref Frame frame)
    {
        if (node.IsNumber)
        {
            return node.TryNumber(ref frame, out var number) ? new(null, number, true) : default;
        }

        return node.Evaluate(ref frame) switch
        {
            LongValue value => new(null, value.Value, true),
            var value => new(value, 0, false),
        };
    }
}

/// <summary><c>a == b</c> and <c>a != b</c>, of any two values.</summary>
internal sealed class EqualNode(Node left, Node right, bool isNegated, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame)
    {
        var a = Operand.Of(left, ref frame);
        if (a.IsError)
        {
            return Truth.Error;
        }

        var b = Operand.Of(right, ref frame);
        if (b.IsError)
        {
            return Truth.Error;
        }

        var isEqual = a.IsNumber || b.IsNumber ? a.IsNumber && b.IsNumber && a.Number == b.Number : a.Value!.Equals(b.Value);
        return From(isEqual != isNegated);
    }
}

/// <summary><c>a == constant</c> and <c>a != constant</c>, where <c>a</c> may give anything.</summary>
internal sealed class EqualToNode(Node target, Value constant, bool isNegated, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame) =>
        target.Evaluate(ref frame) is { } value ? From(constant.Equals(value) != isNegated) : Truth.Error;
}

/// <summary><c>a &gt; 5</c> and its siblings, where <c>a</c> may give anything.</summary>
internal sealed class ThresholdNode(BinaryOperator op, Node target, long limit, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame)
    {
        switch (target.Evaluate(ref frame))
        {
            case LongValue number:
                return OrderNode.Compare(op, number.Value, limit);
            case { Kind: var kind }:
                OrderNode.FailOrder(ref frame, kind, ValueKind.Long, Span);
                return Truth.Error;
            default:
                return Truth.Error;
        }
    }
}

/// <summary><c>&lt; &lt;= > >=</c> of two integers, two datetimes or two durations.</summary>
internal sealed class OrderNode(BinaryOperator op, Node left, Node right, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame)
    {
        var a = Operand.Of(left, ref frame);
        if (a.IsError)
        {
            return Truth.Error;
        }

        var b = Operand.Of(right, ref frame);
        if (b.IsError)
        {
            return Truth.Error;
        }

        switch (a.Value, b.Value)
        {
            case (null, null):
                return Compare(op, a.Number, b.Number);
            case (DateTimeValue x, DateTimeValue y):
                return Compare(op, x.Milliseconds, y.Milliseconds);
            case (DurationValue x, DurationValue y):
                return Compare(op, x.Milliseconds, y.Milliseconds);
            default:
                FailOrder(ref frame, a.Kind, b.Kind, Span);
                return Truth.Error;
        }
    }

    internal static void FailOrder(ref Frame frame, ValueKind a, ValueKind b, SourceSpan span) => frame.Fail(
        EvaluationFault.Type, $"{TypeName.Of(a)} and {TypeName.Of(b)} have no order: compare two of Long, datetime or duration", span);

    internal static Truth Compare(BinaryOperator op, long a, long b) => From(op switch
    {
        BinaryOperator.Less => a < b,
        BinaryOperator.LessOrEqual => a <= b,
        BinaryOperator.Greater => a > b,
        _ => a >= b,
    });
}
