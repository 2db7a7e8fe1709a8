using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Typed;

namespace Holdpoint.Analysis.Symbolic;

/// <summary>
/// Evaluates strictly valid policies on all requests of an environment at once, with the meaning that Cedar's evaluator gives each
/// expression: what errs and where evaluation stops included. Not thread-safe.
/// </summary>
internal sealed partial class PolicyCompiler(SymbolicStore store, SymbolicRequest request)
{
    private readonly TermFactory _terms = store.Terms;

    /// <summary>The policy on the request.</summary>
    public SymbolicPolicy Compile(TypedPolicy policy)
    {
        var outcome = Compile(policy.Condition);
        return new(policy.Policy, _terms.And(outcome.Succeeds, outcome.Value), _terms.Not(outcome.Succeeds));
    }

    private Outcome Compile(TypedExpr expression) => expression switch
    {
        TypedExpr.Literal(var value, var type, _) => Safe(_terms.Constant(value, store.Types.Of(type))),
        TypedExpr.Variable(var which, _, _) => Safe(VariableOf(which)),
        TypedExpr.If choice => CompileIf(choice),
        TypedExpr.And(var left, var right, _, _) => CompileAnd(Compile(left), right),
        TypedExpr.Or(var left, var right, _, _) => CompileOr(Compile(left), right),
        TypedExpr.Not(var operand, _, _) => Map(Compile(operand), _terms.Not),
        TypedExpr.Negate(var operand, _, _) =>
            Checked(Compile(operand), x => (_terms.Equal(x, _terms.Constant(long.MinValue)), _terms.Subtract(_terms.Zero, x))),
        TypedExpr.Equal(var left, var right, _, _) =>
            Map(Compile(left), Compile(right), (a, b) => AreAlike(left.Type, right.Type) ? _terms.Equal(a, b) : _terms.False),
        TypedExpr.Less(var left, var right, var orEqual, _, _) =>
            Map(Compile(left), Compile(right), orEqual ? _terms.LessOrEqual : _terms.Less),
        TypedExpr.Arithmetic(var op, var left, var right, _, _) => Checked(Compile(left), Compile(right), (a, b) => Calculate(op, a, b)),
        TypedExpr.In(var left, var right, _, _) => Map(Compile(left), Compile(right), IsIn),
        TypedExpr.Is(var target, var type, _, _) => Map(Compile(target), x => _terms.Constant(SymbolicStore.TypeOf(x) == type)),
        TypedExpr.Like(var target, var pattern, _, _) => Map(Compile(target), x => _terms.Like(x, pattern)),
        TypedExpr.Get(var target, var name, _, _) => GetAttribute(Compile(target), name),
        TypedExpr.Has(var target, var name, _, _) => Map(Compile(target), x => Has(x, name)),
        TypedExpr.Set set => CompileSet(set),
        TypedExpr.Record record => CompileRecord(record),
        TypedExpr.Call call => CompileCall(call),
        _ => throw new UnreachableException($"{expression.GetType().Name} is in no policy that decides."),
    };

    private Term VariableOf(Variable variable) => variable switch
    {
        Variable.Principal => request.Principal,
        Variable.Action => request.Action,
        Variable.Resource => request.Resource,
        _ => request.Context,
    };

    private Outcome CompileIf(TypedExpr.If choice)
    {
        var condition = Compile(choice.Condition);
        if (condition.Value.IsTrue || condition.Value.IsFalse)
        {
            return After(condition, Compile(condition.Value.IsTrue ? choice.Then : choice.Else));
        }

        var (then, @else, type) = (Compile(choice.Then), Compile(choice.Else), store.Types.Of(choice.Type));
        return After(condition, new(
            _terms.If(condition.Value, then.Succeeds, @else.Succeeds),
            _terms.If(condition.Value, As(then.Value, type), As(@else.Value, type))));
    }

    private Outcome CompileAnd(Outcome left, TypedExpr right)
    {
        if (left.Value.IsFalse)
        {
            return left;
        }

        var second = Compile(right);
        return new(
            _terms.And(left.Succeeds, _terms.Implies(left.Value, second.Succeeds)),
            _terms.And(left.Value, second.Value));
    }

    private Outcome CompileOr(Outcome left, TypedExpr right)
    {
        if (left.Value.IsTrue)
        {
            return left;
        }

        var second = Compile(right);
        return new(
            _terms.And(left.Succeeds, _terms.Or(left.Value, second.Succeeds)),
            _terms.Or(left.Value, second.Value));
    }

    private (Term Fails, Term Value) Calculate(BinaryOperator op, Term a, Term b) => op switch
    {
        BinaryOperator.Add => (_terms.AddOverflows(a, b), _terms.Add(a, b)),
        BinaryOperator.Subtract => (_terms.SubtractOverflows(a, b), _terms.Subtract(a, b)),
        BinaryOperator.Multiply => (_terms.MultiplyOverflows(a, b), _terms.Multiply(a, b)),
        _ => throw new UnreachableException(),
    };

    private Term IsIn(Term entity, Term other)
    {
        if (other.Type is TermType.SetOf { Element: var element })
        {
            var ancestors = store.AncestorsOf(entity, SymbolicStore.TypeOf(_terms.Any(element)));
            return _terms.Or(
                element == entity.Type ? _terms.Member(entity, other) : _terms.False,
                ancestors is null ? _terms.False : _terms.Intersects(other, ancestors));
        }

        return _terms.Or(
            _terms.Equal(entity, other),
            store.AncestorsOf(entity, SymbolicStore.TypeOf(other)) is { } above ? _terms.Member(other, above) : _terms.False);
    }

    private Outcome GetAttribute(Outcome target, string name)
    {
        var found = TermFactory.Field(RecordOf(target.Value), name)
            ?? throw new UnreachableException("A strictly valid policy reads attributes that the schema declares.");
        return found.Op == TermOp.Option
            ? new(_terms.And(target.Succeeds, found.Arguments[0]), found.Arguments[1])
            : target with { Value = found };
    }

    private Term Has(Term target, string name) =>
        TermFactory.Field(RecordOf(target), name) is not { } found ? _terms.False
        : found.Op == TermOp.Option ? found.Arguments[0]
        : _terms.True;

    private Term RecordOf(Term target) => target.Type is TermType.Record ? target : store.AttributesOf(target);

    private Outcome CompileSet(TypedExpr.Set set)
    {
        var element = ((TermType.SetOf)store.Types.Of(set.Type)).Element;
        ImmutableArray<Outcome> elements = [.. set.Elements.Select(Compile)];
        return new(_terms.And(elements.Select(e => e.Succeeds)), _terms.Set(element, [.. elements.Select(e => As(e.Value, element))]));
    }

    private Outcome CompileRecord(TypedExpr.Record record)
    {
        var type = (TermType.Record)store.Types.Of(record.Type);
        var fields = record.Fields.ToDictionary(f => f.Key, f => Compile(f.Value), StringComparer.Ordinal);
        return new(
            _terms.And(fields.Values.Select(f => f.Succeeds)),
            _terms.Record(type, [.. type.Fields.Select(f => As(fields[f.Name].Value, f.Type))]));
    }

    /// <summary>A value as one of a type that is the same up to what is optional.</summary>
    private Term As(Term value, TermType type) => (value.Type, type) switch
    {
        (var same, _) when same == type => value,
        (TermType.OptionOf, TermType.OptionOf option) => _terms.Option(value.Arguments[0], As(value.Arguments[1], option.Inner)),
        (_, TermType.OptionOf option) => _terms.Option(_terms.True, As(value, option.Inner)),
        (TermType.Record, TermType.Record record) => _terms.Record(
            record, [.. record.Fields.Select(f => TermFactory.Field(value, f.Name) is { } field ? As(field, f.Type) : _terms.Any(f.Type))]),
        (TermType.SetOf, TermType.SetOf set) when value.Op == TermOp.Set =>
            _terms.Set(set.Element, [.. value.Arguments.Select(e => As(e, set.Element))]),
        _ => throw new UnreachableException($"A {value.Type} is no {type}."),
    };

    /// <summary>Whether values of two types can be equal at all: a number is no duration, though both are kept in 64 bits.</summary>
    private static bool AreAlike(CedarType a, CedarType b) => (a, b) switch
    {
        (CedarType.ExtensionOf x, CedarType.ExtensionOf y) => x == y,
        _ => a is CedarType.ExtensionOf == b is CedarType.ExtensionOf,
    };

    private Outcome Safe(Term value) => new(_terms.True, value);

    private Outcome After(Outcome first, Outcome second) => second with { Succeeds = _terms.And(first.Succeeds, second.Succeeds) };

    private static Outcome Map(Outcome a, Func<Term, Term> compute) => a with { Value = compute(a.Value) };

    private Outcome Map(Outcome a, Outcome b, Func<Term, Term, Term> compute) =>
        new(_terms.And(a.Succeeds, b.Succeeds), compute(a.Value, b.Value));

    private Outcome Checked(Outcome a, Func<Term, (Term Fails, Term Value)> compute)
    {
        var (fails, value) = compute(a.Value);
        return new(_terms.And(a.Succeeds, _terms.Not(fails)), value);
    }

    private Outcome Checked(Outcome a, Outcome b, Func<Term, Term, (Term Fails, Term Value)> compute)
    {
        var (fails, value) = compute(a.Value, b.Value);
        return new(_terms.And(a.Succeeds, b.Succeeds, _terms.Not(fails)), value);
    }
}
