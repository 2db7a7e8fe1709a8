using System.Collections.Immutable;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Terms;

/// <summary>
/// An expression about unknowns, made by a <see cref="TermFactory"/>. One factory makes one object of each term, so reference equality
/// is equality. Immutable.
/// </summary>
internal sealed class Term
{
    internal Term(int id, TermOp op, TermType type, ImmutableArray<Term> arguments, object? content)
    {
        Id = id;
        Op = op;
        Type = type;
        Arguments = arguments;
        Content = content;
    }

    /// <summary>The number of the term in its factory: greater than that of each argument.</summary>
    public int Id { get; }

    public TermOp Op { get; }

    public TermType Type { get; }

    public ImmutableArray<Term> Arguments { get; }

    /// <summary>What the operator needs besides terms; see <see cref="TermOp"/>.</summary>
    public object? Content { get; }

    public bool IsTrue => Op == TermOp.Constant && ReferenceEquals(Content, BooleanValue.True);

    public bool IsFalse => Op == TermOp.Constant && ReferenceEquals(Content, BooleanValue.False);

    /// <summary>The value of a constant; null for everything else.</summary>
    public Value? Value => Op == TermOp.Constant ? (Value)Content! : null;

    /// <summary>For people who debug.</summary>
    public override string ToString() => Op switch
    {
        TermOp.Constant or TermOp.Variable => Content!.ToString()!,
        _ => $"({(Op == TermOp.Apply ? Content : Op)} {string.Join(' ', Arguments)})",
    };
}
