using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Typed;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation.Checking;

/// <content>Comparison, arithmetic, sets and records.</content>
internal sealed partial class Typechecker
{
    private Answer CheckBinary(Capabilities prior, BinaryExpr binary) => binary.Operator switch
    {
        BinaryOperator.And => CheckAnd(prior, binary),
        BinaryOperator.Or => CheckOr(prior, binary),
        BinaryOperator.Equal => CheckEqual(prior, binary),
        BinaryOperator.Less or BinaryOperator.LessOrEqual => CheckOrder(prior, binary),
        BinaryOperator.In => CheckIn(prior, binary),
        BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply => CheckArithmetic(prior, binary),
        _ => throw new UnreachableException(),
    };

    private Answer CheckEqual(Capabilities prior, BinaryExpr equal)
    {
        var (left, right) = (Check(prior, equal.Left), Check(prior, equal.Right));
        var type = TypeOfEquality(equal, left.Type, right.Type);

        // An equality that is decided already is not asked for types that fit.
        if (IsStrict && type.Only is null && !AreCompatible(left.Type, right.Type, equal.Span, "both sides of `==` must have one type"))
        {
            return Answer.Fault(type);
        }

        return left.Typed is null || right.Typed is null
            ? Answer.Fault(type)
            : Answer.Success(new TypedExpr.Equal(left.Typed, right.Typed, type, equal.Span));
    }

    private CedarType.Boolean TypeOfEquality(BinaryExpr equal, CedarType? left, CedarType? right)
    {
        if (left is not null && right is not null && TypeLattice.AreDisjoint(left, right))
        {
            return CedarType.Boolean.False;
        }

        return LiteralOf(equal.Left) is { } a && LiteralOf(equal.Right) is { } b
            ? a.Equals(b) ? CedarType.Boolean.True : CedarType.Boolean.False
            : CedarType.Boolean.Any;
    }

    /// <summary>The value of a literal; <c>action</c> is one, for an environment has one action.</summary>
    private Value? LiteralOf(Expr expression) => expression switch
    {
        LiteralExpr(var value) => value,
        VariableExpr(Variable.Action) => Value.Of(environment.Request.Action.Uid),
        _ => null,
    };

    private bool AreCompatible(CedarType? left, CedarType? right, SourceSpan span, string rule)
    {
        // Without a type, the fault has been reported.
        if (left is null || right is null || TypeLattice.LeastUpperBound(left, right, mode, out var why) is not null)
        {
            return true;
        }

        Incompatible([left, right], span, rule, why);
        return false;
    }

    private Answer CheckOrder(Capabilities prior, BinaryExpr order)
    {
        const string Ordered = "Long, datetime or duration";
        var (left, right) = (Check(prior, order.Left), Check(prior, order.Right));
        if (left.Type is not { } a || right.Type is not { } b)
        {
            return Answer.Fault(CedarType.Boolean.Any);
        }

        if (!IsOrdered(a) && !IsOrdered(b))
        {
            Unexpected(order.Left, Ordered, a);
            Unexpected(order.Right, Ordered, b);
            return Answer.Fault(CedarType.Boolean.Any);
        }

        // One side decides what the other must be; a Long before anything else.
        if (!a.Equals(b))
        {
            var leftDecides = a is CedarType.Long || (b is not CedarType.Long && IsOrdered(a));
            Unexpected(leftDecides ? order.Right : order.Left, (leftDecides ? a : b).ToString(), leftDecides ? b : a);
            return Answer.Fault(CedarType.Boolean.Any);
        }

        return left.Typed is null || right.Typed is null
            ? Answer.Fault(CedarType.Boolean.Any)
            : Answer.Success(
                new TypedExpr.Less(
                    left.Typed, right.Typed, order.Operator == BinaryOperator.LessOrEqual, CedarType.Boolean.Any, order.Span));
    }

    private static bool IsOrdered(CedarType type) =>
        type is CedarType.Long or CedarType.ExtensionOf(ExtensionKind.DateTime or ExtensionKind.Duration);

    private Answer CheckArithmetic(Capabilities prior, BinaryExpr arithmetic)
    {
        var left = Expect(prior, arithmetic.Left, Expected.Long, Advise);
        var right = Expect(prior, arithmetic.Right, Expected.Long, Advise);
        return left.Typed is null || right.Typed is null
            ? Answer.Fault(CedarType.Long.Instance)
            : Answer.Success(
                new TypedExpr.Arithmetic(arithmetic.Operator, left.Typed, right.Typed, CedarType.Long.Instance, arithmetic.Span));

        string? Advise(CedarType actual) => actual switch
        {
            CedarType.String when arithmetic.Operator == BinaryOperator.Add => "Cedar does not join strings",
            CedarType.SetOf => "Cedar does not compute unions or differences of sets",
            CedarType.ExtensionOf(ExtensionKind.DateTime) => "use `.offset(…)` and `.durationSince(…)`",
            _ => null,
        };
    }

    private Answer CheckSet(Capabilities prior, SetExpr set)
    {
        Answer[] elements = [.. set.Elements.Select(e => Check(prior, e))];
        if (elements.Length == 0 && IsStrict)
        {
            findings.Add(
                ValidationCode.EmptySet, set.Span, "an empty set has no type", "use `.isEmpty()` to test for one");
            return Answer.Fault();
        }

        if (Array.Exists(elements, e => e.Type is null)
            || Unite([.. elements.Select(e => e.Type!)], set.Span, "the elements of a set must have one type") is not { } element)
        {
            return Answer.Fault();
        }

        var type = new CedarType.SetOf(element);
        return Array.Exists(elements, e => e.Typed is null)
            ? Answer.Fault(type)
            : Answer.Success(new TypedExpr.Set([.. elements.Select(e => e.Typed!)], type, set.Span));
    }

    private Answer CheckRecord(Capabilities prior, RecordExpr record)
    {
        Answer[] values = [.. record.Fields.Select(f => Check(prior, f.Value))];
        if (Array.Exists(values, v => v.Type is null))
        {
            return Answer.Fault();
        }

        var type = new RecordType(
            record.Fields.Zip(values, (f, v) => KeyValuePair.Create(f.Name, new AttributeType(v.Type!, Required: true))));
        if (Array.Exists(values, v => v.Typed is null))
        {
            return Answer.Fault(type);
        }

        var fields = record.Fields.Zip(values, (f, v) => KeyValuePair.Create(f.Name, v.Typed!)).ToImmutableArray();
        return Answer.Success(new TypedExpr.Record(fields, type, record.Span));
    }

    /// <summary><c>contains</c>, <c>containsAll</c> and <c>containsAny</c>.</summary>
    private Answer CheckContains(Capabilities prior, CallExpr call)
    {
        var name = FunctionSignature.Of(call.Function).Name;
        var set = Expect(prior, call.Arguments[0], Expected.Set, AdviseSet);
        var isSingle = call.Function == Function.Contains;
        var argument = isSingle
            ? Check(prior, call.Arguments[1])
            : Expect(prior, call.Arguments[1], Expected.Set, _ => "use `.contains(…)` to test for one element");

        var sought = isSingle ? (set.Type as CedarType.SetOf)?.Element : set.Type;
        if (IsStrict && !AreCompatible(sought, argument.Type, call.Span, $"a set and what `{name}` looks for in it must be of one type"))
        {
            return Answer.Fault(CedarType.Boolean.Any);
        }

        return Called(call, CedarType.Boolean.Any, set, argument);
    }

    private static string? AdviseSet(CedarType actual) => actual switch
    {
        CedarType.String => "use `like` to look into a string",
        RecordType or OpenRecord => "use `has` to test for an attribute",
        _ when TypeLattice.IsEntity(actual) => "use `in` to test for an ancestor",
        _ => null,
    };

    private static Answer Called(CallExpr call, CedarType type, params ReadOnlySpan<Answer> arguments)
    {
        var typed = ImmutableArray.CreateBuilder<TypedExpr>(arguments.Length);
        foreach (var argument in arguments)
        {
            if (argument.Typed is null)
            {
                return Answer.Fault(type);
            }

            typed.Add(argument.Typed);
        }

        return Answer.Success(new TypedExpr.Call(call.Function, typed.DrainToImmutable(), type, call.Span));
    }
}
