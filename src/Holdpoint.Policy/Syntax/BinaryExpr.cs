using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>The operators between two operands.</summary>
public enum BinaryOperator
{
    /// <summary><c>||</c>; the right side is evaluated only when the left is false.</summary>
    Or,

    /// <summary><c>&amp;&amp;</c>; the right side is evaluated only when the left is true.</summary>
    And,

    /// <summary><c>==</c>, of any two values.</summary>
    Equal,

    /// <summary><c>!=</c>, of any two values.</summary>
    NotEqual,

    /// <summary><c>&lt;</c>, of two of Long, datetime or duration.</summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>in</c>: an entity in an entity, or in any of a set.</summary>
    In,

    /// <summary><c>+</c>; overflow is an error.</summary>
    Add,

    /// <summary><c>-</c>; overflow is an error.</summary>
    Subtract,

    /// <summary><c>*</c>; overflow is an error.</summary>
    Multiply,
}

/// <summary>An operator between its operands.</summary>
public sealed record BinaryExpr(BinaryOperator Operator, Expr Left, Expr Right) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [Left, Right];
}
