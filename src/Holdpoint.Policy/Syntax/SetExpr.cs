using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary><c>[a, b, …]</c>.</summary>
public sealed record SetExpr(ImmutableArray<Expr> Elements) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => Elements;

    /// <inheritdoc/>
    public bool Equals(SetExpr? other) => base.Equals(other) && Elements.SequenceEqual(other!.Elements);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Elements.Length);
}
