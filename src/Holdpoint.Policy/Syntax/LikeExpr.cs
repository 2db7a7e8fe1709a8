using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary><c>Target like "pattern"</c>.</summary>
public sealed record LikeExpr(Expr Target, Pattern Pattern) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [Target];
}
