using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary>A value that was known when the policy was compiled.</summary>
internal sealed class ConstantNode(Value value, SourceSpan span) : Node(span)
{
    public Value Value { get; } = value;

    public override Value Evaluate(ref Frame frame) => Value;
}

/// <summary>An error that was known when the policy was compiled; it counts only when it is reached.</summary>
internal sealed class FailingNode(EvaluationError error) : Node(error.Span)
{
    public override Value? Evaluate(ref Frame frame)
    {
        frame.Fail(error);
        return null;
    }
}

/// <summary><c>principal</c>, <c>action</c>, <c>resource</c>, <c>context</c>.</summary>
internal sealed class VariableNode(Variable variable, SourceSpan span) : Node(span)
{
    public override Value Evaluate(ref Frame frame) => variable switch
    {
        Variable.Principal => frame.Request.PrincipalValue,
        Variable.Action => frame.Request.ActionValue,
        Variable.Resource => frame.Request.ResourceValue,
        Variable.Context => frame.Context,
        _ => throw new UnreachableException(),
    };
}
