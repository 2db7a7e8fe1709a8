using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary><c>Target.Name</c> or <c>Target["name"]</c>, which mean the same.</summary>
public sealed record GetAttributeExpr(Expr Target, string Name) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [Target];
}
