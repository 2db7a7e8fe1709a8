using System.Collections.Immutable;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Validation.Typed;

/// <summary>
/// An expression with the type of every part, in one request environment. Immutable; closed: every case is declared here.
/// </summary>
/// <remarks>
/// The language is Cedar's core: <c>!=</c>, <c>&gt;</c> and <c>&gt;=</c> are written with <c>!</c>, <c>has a.b</c> and <c>is … in</c>
/// with <c>&amp;&amp;</c>. What cannot be evaluated in the environment is left out, so a type is never that of dead code: of
/// <c>l &amp;&amp; r</c> with an <c>l</c> that is always false only <c>l</c> is there, and a branch that an <c>if</c> never takes is its
/// other branch.
/// </remarks>
public abstract record TypedExpr
{
    private TypedExpr(CedarType type, SourceSpan span)
    {
        Type = type;
        Span = span;
    }

    /// <summary>The type. Truth values that are always the same have the type of that one value.</summary>
    public CedarType Type { get; }

    /// <summary>Where the expression stands in the policy's text.</summary>
    public SourceSpan Span { get; }

    /// <summary>The expressions directly inside this one, in the order in which they are evaluated.</summary>
    public abstract ImmutableArray<TypedExpr> Children { get; }

    /// <summary>This expression and all inside it, outer before inner, left before right.</summary>
    public IEnumerable<TypedExpr> DescendantsAndSelf()
    {
        var rest = new Stack<TypedExpr>([this]);
        while (rest.TryPop(out var next))
        {
            yield return next;
            foreach (var child in next.Children.Reverse())
            {
                rest.Push(child);
            }
        }
    }

    /// <summary>A literal: a Bool, a Long, a String or an entity.</summary>
    public sealed record Literal(Value Value, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [];
    }

    /// <summary><c>principal</c>, <c>action</c>, <c>resource</c> or <c>context</c>.</summary>
    public sealed record Variable(Syntax.Variable Which, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [];
    }

    /// <summary><c>?principal</c> or <c>?resource</c>; in templates only.</summary>
    public sealed record Slot(Syntax.Variable Of, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [];
    }

    /// <summary><c>if Condition then Then else Else</c>.</summary>
    public sealed record If(TypedExpr Condition, TypedExpr Then, TypedExpr Else, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Condition, Then, Else];
    }

    /// <summary><c>Left &amp;&amp; Right</c>; the right side is evaluated only when the left is true.</summary>
    public sealed record And(TypedExpr Left, TypedExpr Right, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Left, Right];
    }

    /// <summary><c>Left || Right</c>; the right side is evaluated only when the left is false.</summary>
    public sealed record Or(TypedExpr Left, TypedExpr Right, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Left, Right];
    }

    /// <summary><c>!Operand</c>.</summary>
    public sealed record Not(TypedExpr Operand, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Operand];
    }

    /// <summary><c>-Operand</c>; overflow is an error.</summary>
    public sealed record Negate(TypedExpr Operand, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Operand];
    }

    /// <summary><c>Left == Right</c>.</summary>
    public sealed record Equal(TypedExpr Left, TypedExpr Right, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Left, Right];
    }

    /// <summary><c>Left &lt; Right</c>, or with <paramref name="OrEqual"/> <c>&lt;=</c>; of two Long, datetime or duration.</summary>
    public sealed record Less(TypedExpr Left, TypedExpr Right, bool OrEqual, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Left, Right];
    }

    /// <summary><c>+</c>, <c>-</c> or <c>*</c>; overflow is an error.</summary>
    public sealed record Arithmetic(BinaryOperator Operator, TypedExpr Left, TypedExpr Right, CedarType Type, SourceSpan Span)
        : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Left, Right];
    }

    /// <summary><c>Left in Right</c>: an entity in an entity, or in any of a set of them.</summary>
    public sealed record In(TypedExpr Left, TypedExpr Right, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Left, Right];
    }

    /// <summary><c>Target is EntityType</c>.</summary>
    public sealed record Is(TypedExpr Target, string EntityType, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Target];
    }

    /// <summary><c>Target like "pattern"</c>.</summary>
    public sealed record Like(TypedExpr Target, Pattern Pattern, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Target];
    }

    /// <summary>
    /// <c>Target.Name</c>, of a record or an entity; it is there whenever this is evaluated on a valid request and the entity exists.
    /// </summary>
    public sealed record Get(TypedExpr Target, string Name, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Target];
    }

    /// <summary><c>Target has Name</c>.</summary>
    public sealed record Has(TypedExpr Target, string Name, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [Target];
    }

    /// <summary><c>[…]</c>.</summary>
    public sealed record Set(ImmutableArray<TypedExpr> Elements, CedarType Type, SourceSpan Span) : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => Elements;
    }

    /// <summary><c>{…}</c>.</summary>
    /// <param name="Fields">The fields, in the ordinal order of their names; no name twice.</param>
    /// <param name="Type">The type.</param>
    /// <param name="Span">The place.</param>
    public sealed record Record(ImmutableArray<KeyValuePair<string, TypedExpr>> Fields, CedarType Type, SourceSpan Span)
        : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => [.. Fields.Select(f => f.Value)];
    }

    /// <summary>
    /// A function or a method: of sets, of tags, or of an extension type. The receiver of a method is the first argument.
    /// </summary>
    public sealed record Call(Function Function, ImmutableArray<TypedExpr> Arguments, CedarType Type, SourceSpan Span)
        : TypedExpr(Type, Span)
    {
        /// <inheritdoc/>
        public override ImmutableArray<TypedExpr> Children => Arguments;
    }
}
