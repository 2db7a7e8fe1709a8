using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Typed;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation.Checking;

/// <content>What is evaluated on a condition: what never is evaluated is not checked.</content>
internal sealed partial class Typechecker
{
    private Answer CheckIf(Capabilities prior, IfExpr conditional)
    {
        var span = conditional.Span;
        var test = Expect(prior, conditional.Condition, Expected.Boolean);
        if (test.Type is CedarType.Boolean { Only: { } always })
        {
            var taken = always ? Check(prior.Or(test.Known), conditional.Then) : Check(prior, conditional.Else);
            if (test.Typed is null || taken.Typed is null)
            {
                return Answer.Fault(taken.Type);
            }

            return Answer.Success(
                new TypedExpr.If(test.Typed, taken.Typed, taken.Typed, taken.Typed.Type, span),
                always ? taken.Known.Or(test.Known) : taken.Known);
        }

        var then = Check(prior.Or(test.Known), conditional.Then);
        var @else = Check(prior, conditional.Else);
        if (then.Type is null || @else.Type is null
            || Unite([then.Type, @else.Type], span, "the branches of an `if` must have one type") is not { } type)
        {
            return Answer.Fault();
        }

        return test.Typed is null || then.Typed is null || @else.Typed is null
            ? Answer.Fault(type)
            : Answer.Success(new TypedExpr.If(test.Typed, then.Typed, @else.Typed, type, span), then.Known.Or(test.Known).And(@else.Known));
    }

    private Answer CheckAnd(Capabilities prior, BinaryExpr and)
    {
        var left = Expect(prior, and.Left, Expected.Boolean);
        if (left.Type is CedarType.Boolean { Only: false })
        {
            return left with { Known = default };
        }

        var right = Expect(prior.Or(left.Known), and.Right, Expected.Boolean);
        var (type, known) = (left.Type, right.Type) switch
        {
            (null, _) or (_, null) => (CedarType.Boolean.Any, default(Capabilities)),
            (_, CedarType.Boolean { Only: false }) => (CedarType.Boolean.False, default),
            (_, CedarType.Boolean { Only: true }) => (left.Type, left.Known.Or(right.Known)),

            // What an always true left side knows is left out, as the reference leaves it out.
            (CedarType.Boolean { Only: true }, _) => (right.Type, right.Known),
            _ => (CedarType.Boolean.Any, left.Known.Or(right.Known)),
        };
        return left.Typed is null || right.Typed is null
            ? Answer.Fault(type)
            : Answer.Success(new TypedExpr.And(left.Typed, right.Typed, type, and.Span), known);
    }

    private Answer CheckOr(Capabilities prior, BinaryExpr or)
    {
        var left = Expect(prior, or.Left, Expected.Boolean);
        if (left.Type is CedarType.Boolean { Only: true })
        {
            return left;
        }

        var right = Expect(prior, or.Right, Expected.Boolean);
        var (type, known) = (left.Type, right.Type) switch
        {
            (null, _) or (_, null) => (CedarType.Boolean.Any, default(Capabilities)),
            (_, CedarType.Boolean { Only: true }) => (CedarType.Boolean.True, right.Known),
            (_, CedarType.Boolean { Only: false }) => (left.Type, left.Known),
            (CedarType.Boolean { Only: false }, _) => (right.Type, right.Known),
            _ => (CedarType.Boolean.Any, right.Known.And(left.Known)),
        };
        return left.Typed is null || right.Typed is null
            ? Answer.Fault(type)
            : Answer.Success(new TypedExpr.Or(left.Typed, right.Typed, type, or.Span), known);
    }

    private Answer CheckNot(Capabilities prior, Expr operand, SourceSpan span)
    {
        var answer = Expect(prior, operand, Expected.Boolean);
        var type = answer.Type is CedarType.Boolean { Only: { } always }
            ? always ? CedarType.Boolean.False : CedarType.Boolean.True
            : CedarType.Boolean.Any;
        return answer.Typed is null ? Answer.Fault(type) : Answer.Success(new TypedExpr.Not(answer.Typed, type, span));
    }

    /// <summary>The least upper bound of the types; null, with an error, when there is none.</summary>
    private CedarType? Unite(IReadOnlyCollection<CedarType> types, SourceSpan span, string rule)
    {
        var bound = TypeLattice.LeastUpperBound(types, mode, out var why);
        if (bound is null)
        {
            Incompatible(types, span, rule, why);
        }

        return bound;
    }

    private void Incompatible(IEnumerable<CedarType> types, SourceSpan span, string rule, string? why)
    {
        var named = types.Select(Describe).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        findings.Add(
            ValidationCode.IncompatibleTypes, span, $"{rule}, and these do not go together: {string.Join("; ", named)}", why);
    }
}
