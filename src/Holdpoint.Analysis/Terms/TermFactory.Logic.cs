using System.Collections.Immutable;

namespace Holdpoint.Analysis.Terms;

internal sealed partial class TermFactory
{
    public Term Not(Term term) =>
        term.IsTrue ? False
        : term.IsFalse ? True
        : term.Op == TermOp.Not ? term.Arguments[0]
        : Make(TermOp.Not, TermType.Boolean, [term], null);

    public Term And(params IEnumerable<Term> terms) => Junction(TermOp.And, neutral: True, absorbing: False, terms);

    public Term Or(params IEnumerable<Term> terms) => Junction(TermOp.Or, neutral: False, absorbing: True, terms);

    public Term Implies(Term condition, Term conclusion) => Or(Not(condition), conclusion);

    /// <summary>
    /// Whether two terms have one value. Of records with unlike fields too: a field that only one of them has must be absent.
    /// </summary>
    public Term Equal(Term a, Term b)
    {
        if (ReferenceEquals(a, b))
        {
            return True;
        }

        switch (a.Type, b.Type)
        {
            case (TermType.Record, TermType.Record):
                return EqualRecords(a, b);
            case (TermType.OptionOf, _) or (_, TermType.OptionOf):
                var (x, y) = (AsOption(a), AsOption(b));
                return And(Equal(x.IsThere, y.IsThere), Implies(x.IsThere, Equal(x.Value, y.Value)));
            case (TermType.SetOf { Element: var p }, TermType.SetOf { Element: var q }):
                // Two empty sets are equal whatever their elements would have been.
                return p == q ? And(Subset(a, b), Subset(b, a)) : And(IsEmpty(a), IsEmpty(b));
        }

        if (a.Type != b.Type || (a.Op == TermOp.Constant && b.Op == TermOp.Constant))
        {
            return False;
        }

        if (a.Type == TermType.Boolean)
        {
            return EqualTruths(a, b);
        }

        if ((Chosen(a, b) ?? Chosen(b, a)) is { } chosen)
        {
            return chosen;
        }

        return a.Id < b.Id ? Make(TermOp.Equal, TermType.Boolean, [a, b], null) : Make(TermOp.Equal, TermType.Boolean, [b, a], null);
    }

    public Term If(Term condition, Term then, Term @else)
    {
        if (condition.IsTrue || ReferenceEquals(then, @else))
        {
            return then;
        }

        if (condition.IsFalse)
        {
            return @else;
        }

        if (condition.Op == TermOp.Not)
        {
            return If(condition.Arguments[0], @else, then);
        }

        if (then.Op == TermOp.Record)
        {
            return Record((TermType.Record)then.Type, [.. then.Arguments.Zip(@else.Arguments, (t, e) => If(condition, t, e))]);
        }

        if (then.Op == TermOp.Option || @else.Op == TermOp.Option)
        {
            var (x, y) = (AsOption(then), AsOption(@else));
            var value = x.IsThere.IsFalse ? y.Value : y.IsThere.IsFalse ? x.Value : If(condition, x.Value, y.Value);
            return Option(If(condition, x.IsThere, y.IsThere), value);
        }

        if (then.Type == TermType.Boolean)
        {
            return then.IsTrue ? Or(condition, @else)
                : then.IsFalse ? And(Not(condition), @else)
                : @else.IsTrue ? Or(Not(condition), then)
                : @else.IsFalse ? And(condition, then)
                : Make(TermOp.If, TermType.Boolean, [condition, then, @else], null);
        }

        return Make(TermOp.If, then.Type, [condition, then, @else], null);
    }

    private Term EqualTruths(Term a, Term b) =>
        a.IsTrue ? b
        : b.IsTrue ? a
        : a.IsFalse ? Not(b)
        : b.IsFalse ? Not(a)
        : ReferenceEquals(a, Not(b)) ? False
        : a.Id < b.Id ? Make(TermOp.Equal, TermType.Boolean, [a, b], null)
        : Make(TermOp.Equal, TermType.Boolean, [b, a], null);

    private Term EqualRecords(Term a, Term b)
    {
        var names = ((TermType.Record)a.Type).Fields.Concat(((TermType.Record)b.Type).Fields)
            .Select(f => f.Name)
            .Distinct(StringComparer.Ordinal);
        return And([.. names.Select(name => (Field(a, name), Field(b, name)) switch
        {
            ({ } x, { } y) => Equal(x, y),
            ({ } x, null) => Not(AsOption(x).IsThere),
            (null, { } y) => Not(AsOption(y).IsThere),
            _ => True,
        })]);
    }

    private (Term IsThere, Term Value) AsOption(Term term) =>
        term.Op == TermOp.Option ? (term.Arguments[0], term.Arguments[1]) : (True, term);

    /// <summary>A choice between constants compared with a constant is the condition, its opposite, or neither.</summary>
    private Term? Chosen(Term choice, Term constant) =>
        constant.Op == TermOp.Constant && choice.Op == TermOp.If
        && (choice.Arguments[1].Op == TermOp.Constant || choice.Arguments[2].Op == TermOp.Constant)
            ? If(choice.Arguments[0], Equal(choice.Arguments[1], constant), Equal(choice.Arguments[2], constant))
            : null;

    private Term Junction(TermOp op, Term neutral, Term absorbing, IEnumerable<Term> terms)
    {
        var operands = new SortedSet<Term>(Comparer<Term>.Create((a, b) => a.Id.CompareTo(b.Id)));
        var rest = new Stack<Term>(terms);
        while (rest.TryPop(out var next))
        {
            if (ReferenceEquals(next, absorbing))
            {
                return absorbing;
            }

            if (next.Op == op)
            {
                foreach (var inner in next.Arguments)
                {
                    rest.Push(inner);
                }
            }
            else if (!ReferenceEquals(next, neutral))
            {
                operands.Add(next);
            }
        }

        foreach (var operand in operands)
        {
            if (operand.Op == TermOp.Not && operands.Contains(operand.Arguments[0]))
            {
                return absorbing;
            }
        }

        return operands.Count switch
        {
            0 => neutral,
            1 => operands.Min!,
            _ => Make(op, TermType.Boolean, ImmutableArray.CreateRange(operands), null),
        };
    }
}
