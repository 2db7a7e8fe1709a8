using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary><c>if Condition then Then else Else</c>; only the chosen branch is evaluated.</summary>
public sealed record IfExpr(Expr Condition, Expr Then, Expr Else) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [Condition, Then, Else];
}
