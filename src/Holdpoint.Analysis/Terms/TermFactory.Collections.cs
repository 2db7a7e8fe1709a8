using System.Collections.Immutable;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Analysis.Terms;

internal sealed partial class TermFactory
{
    public Term Set(TermType element, ImmutableArray<Term> elements) =>
        Make(TermOp.Set, new TermType.SetOf(element), [.. elements.Distinct().OrderBy(e => e.Id)], null);

    public Term IsEmpty(Term set) => Subset(set, Set(((TermType.SetOf)set.Type).Element, []));

    public Term Member(Term element, Term set) => set.Op switch
    {
        TermOp.Set => Or([.. set.Arguments.Select(e => Equal(e, element))]),
        TermOp.If => If(set.Arguments[0], Member(element, set.Arguments[1]), Member(element, set.Arguments[2])),
        _ => Make(TermOp.Member, TermType.Boolean, [element, set], null),
    };

    public Term Subset(Term a, Term b)
    {
        if (ReferenceEquals(a, b))
        {
            return True;
        }

        if (a.Op == TermOp.Set)
        {
            return And([.. a.Arguments.Select(e => Member(e, b))]);
        }

        return OfChoice(a, b, Subset) ?? Make(TermOp.Subset, TermType.Boolean, [a, b], null);
    }

    public Term Intersects(Term a, Term b) =>
        a.Op == TermOp.Set ? Or([.. a.Arguments.Select(e => Member(e, b))])
        : b.Op == TermOp.Set ? Or([.. b.Arguments.Select(e => Member(e, a))])
        : OfChoice(a, b, Intersects)
            ?? (ReferenceEquals(a, b) ? Not(IsEmpty(a))
            : Make(TermOp.Intersects, TermType.Boolean, a.Id < b.Id ? [a, b] : [b, a], null));

    public Term Like(Term text, Pattern pattern) =>
        text.Value is StringValue value ? Constant(pattern.Matches(value.Value))
        : pattern.Segments is [var only] ? Equal(text, Constant(only))
        : pattern.Segments.All(s => s.Length == 0) ? True
        : Make(TermOp.Like, TermType.Boolean, [text], pattern);

    public Term IsIpv6(Term address) =>
        address.Value is IpAddressValue value ? Constant(value.IsIpv6) : Make(TermOp.IsIpv6, TermType.Boolean, [address], null);

    public Term IsInRange(Term range, Term within) =>
        range.Value is IpAddressValue a && within.Value is IpAddressValue b ? Constant(a.IsInRange(b))
        : ReferenceEquals(range, within) ? True
        : Make(TermOp.IsInRange, TermType.Boolean, [range, within], null);

    /// <summary>What a relation says of a set that is chosen between two: the choice between what it says of each.</summary>
    private Term? OfChoice(Term a, Term b, Func<Term, Term, Term> relation) =>
        a.Op == TermOp.If ? If(a.Arguments[0], relation(a.Arguments[1], b), relation(a.Arguments[2], b))
        : b.Op == TermOp.If ? If(b.Arguments[0], relation(a, b.Arguments[1]), relation(a, b.Arguments[2]))
        : null;
}
