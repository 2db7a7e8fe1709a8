using System.Diagnostics;
using System.Runtime.CompilerServices;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Typed;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>
/// Gives every part of one policy a type, in one environment. Follows the reference validator rule by rule, because what is valid is
/// defined by it; the rules are written down in RFC 19 and in the Lean model (<c>Cedar.Validation.Typechecker</c>).
/// </summary>
internal sealed partial class Typechecker(
    SchemaTypes schema, ValidationMode mode, LinkedEnvironment environment, Forms forms, Findings findings)
{
    /// <summary>
    /// Whether what is optional may be read where it may be absent; for an analysis that finds the requests on which it is.
    /// </summary>
    public bool AllowsUnguarded { get; init; }


    private bool IsStrict => mode == ValidationMode.Strict;

    /// <summary>Checks a whole condition.</summary>
    public Answer CheckCondition(Expr condition) => Expect(default, condition, Expected.Boolean);

    /// <param name="prior">What is there whenever this expression is evaluated.</param>
    /// <param name="expression">In core form.</param>
    private Answer Check(Capabilities prior, Expr expression)
    {
        // Depth is bounded by the parser, but a tree can be built without one.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            findings.Add(ValidationCode.NestedTooDeep, expression.Span, "nested too deep");
            return Answer.Fault();
        }

        var span = expression.Span;
        switch (expression)
        {
            case LiteralExpr(var value):
                return CheckLiteral(value, span);
            case VariableExpr(var variable):
                return Answer.Success(new TypedExpr.Variable(variable, TypeOf(variable), span));
            case SlotExpr(var of):
                var filled = of == Variable.Principal ? environment.PrincipalSlot : environment.ResourceSlot;
                return Answer.Success(new TypedExpr.Slot(of, filled is null ? AnyEntityType.Instance : schema.Entity(filled), span));
            case IfExpr conditional:
                return CheckIf(prior, conditional);
            case UnaryExpr { Operator: UnaryOperator.Not, Operand: var operand }:
                return CheckNot(prior, operand, span);
            case UnaryExpr(_, var operand):
                var number = Expect(prior, operand, Expected.Long);
                return number.Typed is null
                    ? Answer.Fault(CedarType.Long.Instance)
                    : Answer.Success(new TypedExpr.Negate(number.Typed, CedarType.Long.Instance, span));
            case BinaryExpr binary:
                return CheckBinary(prior, binary);
            case GetAttributeExpr access:
                return CheckGetAttribute(prior, access);
            case HasExpr test:
                return CheckHas(prior, test);
            case LikeExpr(var target, var pattern):
                var text = Expect(prior, target, Expected.String, AdviseLike);
                return text.Typed is null
                    ? Answer.Fault(CedarType.Boolean.Any)
                    : Answer.Success(new TypedExpr.Like(text.Typed, pattern, CedarType.Boolean.Any, span));
            case IsExpr test:
                return CheckIs(prior, test);
            case SetExpr set:
                return CheckSet(prior, set);
            case RecordExpr record:
                return CheckRecord(prior, record);
            case CallExpr call:
                return CheckCall(prior, call);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Checks an operand; a type that the operator does not take is an error, and then the operand has none.</summary>
    /// <param name="prior">What is there whenever the operand is evaluated.</param>
    /// <param name="expression">The operand.</param>
    /// <param name="expected">What the operator takes.</param>
    /// <param name="advise">What to write instead, for a type that is not taken.</param>
    private Answer Expect(Capabilities prior, Expr expression, Expected expected, Func<CedarType, string?>? advise = null)
    {
        var answer = Check(prior, expression);
        if (answer.Type is null || expected.Admits(answer.Type))
        {
            return answer;
        }

        Unexpected(expression, expected.Description, answer.Type, advise?.Invoke(answer.Type));
        return Answer.Fault();
    }

    private void Unexpected(Expr expression, string expected, CedarType actual, string? suggestion = null) =>
        findings.Add(ValidationCode.UnexpectedType, expression.Span, $"expected {expected}, but this is {Describe(actual)}", suggestion);

    private CedarType TypeOf(Variable variable) => variable switch
    {
        Variable.Principal => schema.Entity(environment.Request.PrincipalType.Name),
        Variable.Action => schema.Entity(environment.Request.Action.Uid.Type),
        Variable.Resource => schema.Entity(environment.Request.ResourceType.Name),
        _ => environment.Request.Action.Context,
    };

    private Answer CheckLiteral(Value value, SourceSpan span)
    {
        var type = value switch
        {
            BooleanValue { Value: var truth } => truth ? CedarType.Boolean.True : CedarType.Boolean.False,
            LongValue => CedarType.Long.Instance,
            StringValue => CedarType.String.Instance,
            EntityValue { Uid: var uid } => schema.OfLiteral(uid),
            _ => throw new UnreachableException(),
        };

        // An entity type or action that is not declared is reported once for the policy, not here.
        return type is null ? Answer.Fault() : Answer.Success(new TypedExpr.Literal(value, type, span));
    }

    private static string? AdviseLike(CedarType actual) => TypeLattice.IsEntity(actual) ? "use `is` to test for an entity type" : null;

    private static string Describe(CedarType type) => type switch
    {
        CedarType.Boolean => "Bool",
        _ when TypeLattice.IsEntity(type) && type is not AnyEntityType => $"an entity {type}",
        _ => type.ToString(),
    };
}
