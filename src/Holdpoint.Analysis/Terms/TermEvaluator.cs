using System.Diagnostics;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Analysis.Terms;

/// <summary>The meaning of terms: the value of each under an interpretation, which may not change meanwhile. Not thread-safe.</summary>
internal sealed class TermEvaluator(Interpretation interpretation)
{
    private readonly Dictionary<Term, Value?> _values = [];

    public bool IsTrue(Term term) => ((BooleanValue)Evaluate(term)!).Value;

    /// <returns>Null for the option that is none.</returns>
    public Value? Evaluate(Term term)
    {
        if (!_values.TryGetValue(term, out var value))
        {
            value = Compute(term);
            _values.Add(term, value);
        }

        return value;
    }

    private Value? Compute(Term term)
    {
        var a = term.Arguments;
        switch (term.Op)
        {
            case TermOp.Constant:
                return term.Value;
            case TermOp.Variable:
                return interpretation[(string)term.Content!] ?? DefaultValue.Of(term.Type);
            case TermOp.Apply:
                return interpretation[(FunctionSymbol)term.Content!, a.Select(x => Evaluate(x)!)] ?? DefaultValue.Of(term.Type);
            case TermOp.Not:
                return Value.Of(!IsTrue(a[0]));
            case TermOp.And:
                return Value.Of(a.All(IsTrue));
            case TermOp.Or:
                return Value.Of(a.Any(IsTrue));
            case TermOp.Equal:
                return Value.Of(Evaluate(a[0])!.Equals(Evaluate(a[1])));
            case TermOp.If:
                return Evaluate(IsTrue(a[0]) ? a[1] : a[2]);
            case TermOp.Like:
                return Value.Of(((Pattern)term.Content!).Matches(((StringValue)Evaluate(a[0])!).Value));
            case TermOp.IsIpv6:
                return Value.Of(((IpAddressValue)Evaluate(a[0])!).IsIpv6);
            case TermOp.IsInRange:
                return Value.Of(((IpAddressValue)Evaluate(a[0])!).IsInRange((IpAddressValue)Evaluate(a[1])!));
            case TermOp.Set:
                return Value.Set(a.Select(x => Evaluate(x)!));
            case TermOp.Member:
                return Value.Of(Set(a[1]).Contains(Evaluate(a[0])!));
            case TermOp.Subset:
                return Value.Of(Set(a[1]).ContainsAll(Set(a[0])));
            case TermOp.Intersects:
                return Value.Of(Set(a[0]).ContainsAny(Set(a[1])));
            case TermOp.Record:
                return Record(term);
            case TermOp.Option:
                return IsTrue(a[0]) ? Evaluate(a[1]) : null;
            case TermOp.Handle:
                return Evaluate(a[0]);
            default:
                return Compute(term.Op, Number(a[0]), Number(a[1]));
        }
    }

    private static Value Compute(TermOp op, long x, long y) => op switch
    {
        TermOp.Add => Value.Of(unchecked(x + y)),
        TermOp.Subtract => Value.Of(unchecked(x - y)),
        TermOp.Multiply => Value.Of(unchecked(x * y)),
        TermOp.Divide => Value.Of(x / y),
        TermOp.Remainder => Value.Of(x % y),
        TermOp.Less => Value.Of(x < y),
        TermOp.AddOverflows => Value.Of(IsOutside((Int128)x + y)),
        TermOp.SubtractOverflows => Value.Of(IsOutside((Int128)x - y)),
        TermOp.MultiplyOverflows => Value.Of(IsOutside((Int128)x * y)),
        _ => throw new UnreachableException(),
    };

    private RecordValue Record(Term term)
    {
        var fields = ((TermType.Record)term.Type).Fields;
        List<KeyValuePair<string, Value>> values = [];
        for (var i = 0; i < fields.Length; i++)
        {
            if (Evaluate(term.Arguments[i]) is { } value)
            {
                values.Add(new(fields[i].Name, value));
            }
        }

        return Value.Record(values);
    }

    private SetValue Set(Term term) => (SetValue)Evaluate(term)!;

    private long Number(Term term) => ((LongValue)Evaluate(term)!).Value;

    private static bool IsOutside(Int128 number) => number < long.MinValue || number > long.MaxValue;
}
