using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>
/// An expression of a policy, as it was written: operators are not rewritten into each other. Immutable. Two expressions are equal
/// when they have the same form and content, wherever they stand; the cases are closed and all in this namespace.
/// </summary>
public abstract record Expr
{
    private int _height;

    private protected Expr()
    {
    }

    /// <summary>Copies what <c>with</c> keeps. The height stays behind: the copy may get other children.</summary>
    protected Expr(Expr original) => Span = original.Span;

    /// <summary>Where the expression stands in its text; plays no part in equality.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>The expressions directly inside this one, in the order in which they are written.</summary>
    public abstract ImmutableArray<Expr> Children { get; }

    /// <summary>This expression and all inside it, outer before inner, left before right.</summary>
    public IEnumerable<Expr> DescendantsAndSelf()
    {
        var rest = new Stack<Expr>([this]);
        while (rest.TryPop(out var next))
        {
            yield return next;
            for (var i = next.Children.Length - 1; i >= 0; i--)
            {
                rest.Push(next.Children[i]);
            }
        }
    }

    /// <summary>The number of nodes on the longest way down, this one included.</summary>
    internal int Height => _height != 0 ? _height : _height = 1 + (Children.IsEmpty ? 0 : Children.Max(c => c.Height));

    /// <inheritdoc/>
    public virtual bool Equals(Expr? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The Cedar text of the expression.</summary>
    public sealed override string ToString() => PolicyPrinter.Print(this);
}
