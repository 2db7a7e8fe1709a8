using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary><c>a &amp;&amp; b &amp;&amp; …</c>: stops at the first that is not true. A chain is one node, however long.</summary>
internal sealed class AndNode(Node[] operands, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame)
    {
        foreach (var operand in operands)
        {
            var truth = operand.Test(ref frame);
            if (truth != Truth.True)
            {
                return truth;
            }
        }

        return Truth.True;
    }
}

/// <summary><c>a || b || …</c>: stops at the first that is not false.</summary>
internal sealed class OrNode(Node[] operands, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame)
    {
        foreach (var operand in operands)
        {
            var truth = operand.Test(ref frame);
            if (truth != Truth.False)
            {
                return truth;
            }
        }

        return Truth.False;
    }
}

/// <summary><c>!a</c></summary>
internal sealed class NotNode(Node operand, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame) => operand.Test(ref frame) switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Error,
    };
}

/// <summary><c>if a then b else c</c>, where the branches may give anything.</summary>
internal sealed class IfNode(Node condition, Node then, Node @else, SourceSpan span) : Node(span)
{
    public override bool IsNumber => then.IsNumber && @else.IsNumber;

    public override Value? Evaluate(ref Frame frame) => Choose(ref frame)?.Evaluate(ref frame);

    public override Truth Test(ref Frame frame) => Choose(ref frame)?.Test(ref frame) ?? Truth.Error;

    public override bool TryNumber(ref Frame frame, out long number)
    {
        number = 0;
        return Choose(ref frame)?.TryNumber(ref frame, out number) ?? false;
    }

    private Node? Choose(ref Frame frame) => condition.Test(ref frame) switch
    {
        Truth.True => then,
        Truth.False => @else,
        _ => null,
    };
}
