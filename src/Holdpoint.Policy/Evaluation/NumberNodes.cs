using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary><c>a + b</c>, <c>a - b</c>, <c>a * b</c> in 64 bits.</summary>
internal sealed class ArithmeticNode(BinaryOperator op, Node left, Node right, SourceSpan span) : NumberNode(span)
{
    public override bool TryNumber(ref Frame frame, out long number)
    {
        number = 0;
        if (!left.TryNumber(ref frame, out var a) || !right.TryNumber(ref frame, out var b))
        {
            return false;
        }

        var exact = op switch
        {
            BinaryOperator.Add => (Int128)a + b,
            BinaryOperator.Subtract => (Int128)a - b,
            BinaryOperator.Multiply => (Int128)a * b,
            _ => throw new UnreachableException(),
        };
        number = unchecked((long)exact);
        if (number == exact)
        {
            return true;
        }

        frame.Fail(EvaluationFault.Overflow, "the result does not fit 64 bits", Span);
        return false;
    }
}

/// <summary><c>-a</c></summary>
internal sealed class NegateNode(Node operand, SourceSpan span) : NumberNode(span)
{
    public override bool TryNumber(ref Frame frame, out long number)
    {
        if (!operand.TryNumber(ref frame, out number))
        {
            return false;
        }

        if (number == long.MinValue)
        {
            frame.Fail(EvaluationFault.Overflow, "the result does not fit 64 bits", Span);
            return false;
        }

        number = -number;
        return true;
    }
}
