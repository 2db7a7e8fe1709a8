using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>The operators with one operand.</summary>
public enum UnaryOperator
{
    /// <summary><c>!</c></summary>
    Not,

    /// <summary><c>-</c>, of anything but an integer literal, which is one negative literal with it.</summary>
    Negate,
}

/// <summary>An operator before its operand.</summary>
public sealed record UnaryExpr(UnaryOperator Operator, Expr Operand) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [Operand];
}
