using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary><c>Target has a.b.c</c>: each attribute is there, one inside the other.</summary>
/// <param name="Target">A record or an entity.</param>
/// <param name="Path">One name or more. A single one may be any text; several are plain names.</param>
public sealed record HasExpr(Expr Target, ImmutableArray<string> Path) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [Target];

    /// <inheritdoc/>
    public bool Equals(HasExpr? other) => base.Equals(other) && Target.Equals(other!.Target) && Path.SequenceEqual(other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Target, Path.Length, Path[0]);
}
