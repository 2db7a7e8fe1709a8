using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary><c>{name: value, …}</c>.</summary>
/// <param name="Fields">The fields as written; no name twice.</param>
public sealed record RecordExpr(ImmutableArray<RecordField> Fields) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [.. Fields.Select(f => f.Value)];

    /// <inheritdoc/>
    public bool Equals(RecordExpr? other) => base.Equals(other) && Fields.SequenceEqual(other!.Fields);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Fields.Length);
}

/// <summary>A field of a <see cref="RecordExpr"/>.</summary>
public sealed record RecordField(string Name, Expr Value);
