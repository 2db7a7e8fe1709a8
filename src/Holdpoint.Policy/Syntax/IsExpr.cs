using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary><c>Target is EntityType</c>, or <c>Target is EntityType in Ancestor</c>.</summary>
/// <param name="Target">The entity.</param>
/// <param name="EntityType">A type name.</param>
/// <param name="Ancestor">An entity or a set of them; evaluated only when the type fits. Null for the short form.</param>
public sealed record IsExpr(Expr Target, string EntityType, Expr? Ancestor = null) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => Ancestor is null ? [Target] : [Target, Ancestor];
}
