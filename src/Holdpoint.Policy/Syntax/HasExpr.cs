using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary><c>Target has a.b.c</c>: each attribute is there, one inside the other.</summary>
/// <param name="Target">A record or an entity.</param>
/// <param name="Path">One name or more. A single one may be any text; several are plain names.</param>
public sealed record HasExpr(Expr Target, ImmutableArray<string> Path) : Expr
{
    // A path of n names spelt out holds its target n times; these bounds keep the result within a hundred times the text.
    private const int MostNamesSpeltOut = 8;
    private const int DeepestTargetSpeltOut = 16;

    /// <inheritdoc/>
    public override ImmutableArray<Expr> Children => [Target];

    /// <inheritdoc/>
    public bool Equals(HasExpr? other) => base.Equals(other) && Target.Equals(other!.Target) && Path.SequenceEqual(other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Target, Path.Length, Path[0]);

    /// <summary>Whether <see cref="SpellOut"/> stays small: a short path on a variable or on attributes of one.</summary>
    internal bool CanSpellOut
    {
        get
        {
            var root = Target;
            for (var steps = 0; root is GetAttributeExpr(var inner, _) && steps < DeepestTargetSpeltOut; steps++)
            {
                root = inner;
            }

            return root is VariableExpr or LiteralExpr && Path.Length <= MostNamesSpeltOut;
        }
    }

    /// <summary><c>Target has a &amp;&amp; Target.a has b &amp;&amp; …</c>, which is what a path means.</summary>
    internal Expr SpellOut()
    {
        Expr all = new HasExpr(Target, [Path[0]]) { Span = Span };
        var target = Target;
        for (var i = 1; i < Path.Length; i++)
        {
            target = new GetAttributeExpr(target, Path[i - 1]) { Span = Span };
            all = new BinaryExpr(BinaryOperator.And, all, new HasExpr(target, [Path[i]]) { Span = Span }) { Span = Span };
        }

        return all;
    }
}
