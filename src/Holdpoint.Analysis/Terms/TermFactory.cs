using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Analysis.Terms;

/// <summary>
/// Makes terms, each once, in the simplest form that a few local rules give. Records and options never reach a solver: they are taken
/// apart here, where they are compared, chosen between and read. Not thread-safe.
/// </summary>
internal sealed partial class TermFactory
{
    private readonly Dictionary<TermKey, Term> _terms = [];

    public TermFactory()
    {
        True = Constant(Policy.Value.Of(true), TermType.Boolean);
        False = Constant(Policy.Value.Of(false), TermType.Boolean);
        Zero = Constant(0);
    }

    public Term True { get; }

    public Term False { get; }

    public Term Zero { get; }

    /// <summary>The number of terms made so far.</summary>
    public int Count => _terms.Count;

    public Term Constant(bool value) => value ? True : False;

    public Term Constant(long value) => Constant(Policy.Value.Of(value), TermType.Long);

    public Term Constant(string value) => Constant(Policy.Value.Of(value), TermType.String);

    /// <summary>A value of a scalar type, or a set of such.</summary>
    public Term Constant(Value value, TermType type) => type switch
    {
        TermType.SetOf set => Set(set.Element, [.. ((SetValue)value).Elements.Select(e => Constant(e, set.Element))]),
        _ => Make(TermOp.Constant, type, [], value),
    };

    /// <summary>An unknown of a scalar or set type.</summary>
    public Term Variable(string name, TermType type) => Make(TermOp.Variable, type, [], name);

    public Term Apply(FunctionSymbol function, params ImmutableArray<Term> arguments) =>
        Make(TermOp.Apply, function.Result, arguments, function);

    /// <summary>Some term of the type, for places where no one will look.</summary>
    public Term Any(TermType type) => type switch
    {
        TermType.SetOf set => Set(set.Element, []),
        TermType.OptionOf option => None(option.Inner),
        TermType.Record record => Record(record, [.. record.Fields.Select(f => Any(f.Type))]),
        TermType.HandleOf handle => Handle(Set(handle.Element, [])),
        _ => Constant(DefaultValue.Of(type)!, type),
    };

    public Term Record(TermType.Record type, ImmutableArray<Term> fields) => Make(TermOp.Record, type, fields, null);

    /// <summary>The field of a record; null when its type has none of the name.</summary>
    public static Term? Field(Term record, string name)
    {
        var fields = ((TermType.Record)record.Type).Fields;
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Name == name)
            {
                return record.Arguments[i];
            }
        }

        return null;
    }

    public Term Option(Term isThere, Term value) =>
        isThere.IsFalse ? None(value.Type) : Make(TermOp.Option, new TermType.OptionOf(value.Type), [isThere, value], null);

    public Term None(TermType inner) => Make(TermOp.Option, new TermType.OptionOf(inner), [False, Any(inner)], null);

    public Term Handle(Term set) =>
        Make(TermOp.Handle, new TermType.HandleOf(((TermType.SetOf)set.Type).Element), [set], null);

    /// <summary>The operation of a term on other arguments. Not for terms that name unknowns, records or options.</summary>
    public Term Rebuild(Term term, ImmutableArray<Term> a) => term.Op switch
    {
        TermOp.Add => Add(a[0], a[1]),
        TermOp.Subtract => Subtract(a[0], a[1]),
        TermOp.Multiply => Multiply(a[0], a[1]),
        TermOp.Divide => Divide(a[0], Number(a[1])!.Value),
        TermOp.Remainder => Remainder(a[0], Number(a[1])!.Value),
        TermOp.Less => Less(a[0], a[1]),
        TermOp.AddOverflows => AddOverflows(a[0], a[1]),
        TermOp.SubtractOverflows => SubtractOverflows(a[0], a[1]),
        TermOp.MultiplyOverflows => MultiplyOverflows(a[0], a[1]),
        TermOp.Like => Like(a[0], (Pattern)term.Content!),
        TermOp.IsIpv6 => IsIpv6(a[0]),
        TermOp.IsInRange => IsInRange(a[0], a[1]),
        _ => throw new UnreachableException($"{term.Op} is not rebuilt."),
    };

    private Term Make(TermOp op, TermType type, ImmutableArray<Term> arguments, object? content)
    {
        var key = new TermKey(op, type, arguments, content);
        if (!_terms.TryGetValue(key, out var term))
        {
            term = new Term(_terms.Count, op, type, arguments, content);
            _terms.Add(key, term);
        }

        return term;
    }
}
