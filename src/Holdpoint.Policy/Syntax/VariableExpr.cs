using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>The four things that a policy can name.</summary>
public enum Variable
{
    /// <summary><c>principal</c></summary>
    Principal,

    /// <summary><c>action</c></summary>
    Action,

    /// <summary><c>resource</c></summary>
    Resource,

    /// <summary><c>context</c></summary>
    Context,
}

/// <summary>One of <c>principal</c>, <c>action</c>, <c>resource</c> and <c>context</c>.</summary>
public sealed record VariableExpr(Variable Variable) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [];
}
