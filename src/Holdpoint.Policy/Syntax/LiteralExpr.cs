using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>A literal: a Bool, a Long (negative ones too), a String or an entity.</summary>
/// <param name="Value">A value of one of these four kinds.</param>
public sealed record LiteralExpr(Value Value) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [];
}
