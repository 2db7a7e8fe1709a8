using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>A call of a function, or of a method, whose receiver is then the first argument.</summary>
/// <param name="Function">What is called.</param>
/// <param name="Arguments">
/// The arguments. Like Cedar, the parser checks their number for the methods of sets and tags only; an extension function with the
/// wrong number of arguments errs when it is evaluated.
/// </param>
public sealed record CallExpr(Function Function, ImmutableArray<Expr> Arguments) : Expr
{
    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => Arguments;

    /// <inheritdoc/>
    public bool Equals(CallExpr? other) =>
        base.Equals(other) && Function == other!.Function && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Function, Arguments.Length);
}
