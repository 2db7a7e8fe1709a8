using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Grounding;

/// <summary>A relation of two unknown sets, which speaks about all elements there might be.</summary>
/// <param name="Atom">A <see cref="TermOp.Subset"/> or a <see cref="TermOp.Intersects"/>.</param>
/// <param name="Holds">An unknown truth value: whether it holds.</param>
/// <param name="Witness">An unknown element: what shows that a subset is none, or that an intersection is not empty.</param>
internal sealed record Relation(Term Atom, Term Holds, Term Witness)
{
    public TermType Element => ((TermType.SetOf)Atom.Arguments[0].Type).Element;
}
