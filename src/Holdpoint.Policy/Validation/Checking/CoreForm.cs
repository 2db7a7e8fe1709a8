using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>
/// Rewrites policies into Cedar's core language, exactly as the reference parser does: what is known of an expression is known of every
/// expression of the same core form, so the form decides what is valid.
/// </summary>
internal static class CoreForm
{
    // More than twice the parser's default. The checker stops before the stack ends; this bounds what else recurses over the form.
    private const int MaxDepth = 1_000;

    /// <summary>Whether the core form is no deeper than the validator goes. Paths of <c>has</c> add to it.</summary>
    public static bool Fits(Policy policy) =>
        policy.Conditions.Length + policy.Conditions.Select(DepthOf).DefaultIfEmpty().Max() <= MaxDepth;

    /// <summary>The whole condition of a policy or template: scope, then conditions, nested on the right.</summary>
    public static Expr Of(Policy policy)
    {
        Expr? conditions = null;
        for (var i = policy.Conditions.Length - 1; i >= 0; i--)
        {
            var (kind, written) = policy.Conditions[i];
            var body = Of(written);
            var one = kind == ConditionKind.When ? body : Not(body, body.Span);
            conditions = conditions is null ? one : And(one, conditions, policy.Span);
        }

        var principal = OfScope(policy.Principal, Variable.Principal, policy.PrincipalSpan);
        var action = OfScope(policy.Action, policy.ActionSpan);
        var resource = OfScope(policy.Resource, Variable.Resource, policy.ResourceSpan);
        return And(principal, And(action, And(resource, conditions ?? True(policy.Span), policy.Span), policy.Span), policy.Span);
    }

    private static int DepthOf(Condition condition) =>
        condition.Body.Height
        + (2 * condition.Body.DescendantsAndSelf().OfType<HasExpr>().Select(h => h.Path.Length - 1).DefaultIfEmpty().Max());

    private static Expr Of(Expr expression)
    {
        var span = expression.Span;
        switch (expression)
        {
            case LiteralExpr or VariableExpr:
                return expression;
            case IfExpr(var condition, var then, var @else):
                return new IfExpr(Of(condition), Of(then), Of(@else)) { Span = span };
            case UnaryExpr(var op, var operand):
                return new UnaryExpr(op, Of(operand)) { Span = span };
            case BinaryExpr(var op, var left, var right):
                return OfBinary(op, Of(left), Of(right), span);
            case HasExpr(var target, var path):
                return OfHas(Of(target), path, span);
            case LikeExpr(var target, var pattern):
                return new LikeExpr(Of(target), pattern) { Span = span };
            case IsExpr(var target, var type, var ancestor):
                var core = Of(target);
                var isType = new IsExpr(core, type) { Span = span };
                return ancestor is null ? isType : And(isType, In(core, Of(ancestor), span), span);
            case GetAttributeExpr(var target, var name):
                return new GetAttributeExpr(Of(target), name) { Span = span };
            case SetExpr(var elements):
                return new SetExpr([.. elements.Select(Of)]) { Span = span };
            case RecordExpr(var fields):
                var sorted = fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => new RecordField(f.Name, Of(f.Value)));
                return new RecordExpr([.. sorted]) { Span = span };
            case CallExpr(var function, var arguments):
                return new CallExpr(function, [.. arguments.Select(Of)]) { Span = span };
            default:
                throw new UnreachableException();
        }
    }

    private static Expr OfBinary(BinaryOperator op, Expr left, Expr right, SourceSpan span) => op switch
    {
        BinaryOperator.And => And(left, right, span),
        BinaryOperator.Or => left is LiteralExpr { Value: BooleanValue a } && right is LiteralExpr { Value: BooleanValue b }
            ? new LiteralExpr(Value.Of(a.Value || b.Value)) { Span = span }
            : Binary(op, left, right, span),
        BinaryOperator.NotEqual => Not(Binary(BinaryOperator.Equal, left, right, span), span),
        BinaryOperator.Greater => Not(Binary(BinaryOperator.LessOrEqual, left, right, span), span),
        BinaryOperator.GreaterOrEqual => Not(Binary(BinaryOperator.Less, left, right, span), span),
        _ => Binary(op, left, right, span),
    };

    /// <summary><c>e has a.b.c</c> is <c>(e has a &amp;&amp; e.a has b) &amp;&amp; e.a.b has c</c>.</summary>
    private static Expr OfHas(Expr target, ImmutableArray<string> path, SourceSpan span)
    {
        Expr all = new HasExpr(target, [path[0]]) { Span = span };
        foreach (var (name, next) in path.Zip(path.Skip(1)))
        {
            target = new GetAttributeExpr(target, name) { Span = span };
            all = And(all, new HasExpr(target, [next]) { Span = span }, span);
        }

        return all;
    }

    private static Expr OfScope(ScopeConstraint constraint, Variable variable, SourceSpan span)
    {
        var subject = new VariableExpr(variable) { Span = span };
        return constraint switch
        {
            ScopeConstraint.Any => True(span),
            ScopeConstraint.Equal(var entity) => Binary(BinaryOperator.Equal, subject, Reference(entity), span),
            ScopeConstraint.In(var entity) => In(subject, Reference(entity), span),
            ScopeConstraint.Is(var type) => new IsExpr(subject, type) { Span = span },
            ScopeConstraint.IsIn(var type, var entity) =>
                And(new IsExpr(subject, type) { Span = span }, In(subject, Reference(entity), span), span),
            _ => throw new UnreachableException(),
        };

        Expr Reference(EntityReference reference) =>
            reference is EntityReference.Known(var uid) ? Entity(uid, span) : new SlotExpr(variable) { Span = span };
    }

    private static Expr OfScope(ActionConstraint constraint, SourceSpan span)
    {
        var subject = new VariableExpr(Variable.Action) { Span = span };
        return constraint switch
        {
            ActionConstraint.Any => True(span),
            ActionConstraint.Equal(var action) => Binary(BinaryOperator.Equal, subject, Entity(action, span), span),
            ActionConstraint.In(var actions) => In(subject, new SetExpr([.. actions.Select(a => Entity(a, span))]) { Span = span }, span),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The reference parser folds <c>&amp;&amp;</c> and <c>||</c> of two literals, and nothing else.</summary>
    private static Expr And(Expr left, Expr right, SourceSpan span) =>
        left is LiteralExpr { Value: BooleanValue a } && right is LiteralExpr { Value: BooleanValue b }
            ? new LiteralExpr(Value.Of(a.Value && b.Value)) { Span = span }
            : Binary(BinaryOperator.And, left, right, span);

    private static BinaryExpr In(Expr left, Expr right, SourceSpan span) => Binary(BinaryOperator.In, left, right, span);

    private static BinaryExpr Binary(BinaryOperator op, Expr left, Expr right, SourceSpan span) => new(op, left, right) { Span = span };

    private static UnaryExpr Not(Expr operand, SourceSpan span) => new(UnaryOperator.Not, operand) { Span = span };

    private static LiteralExpr True(SourceSpan span) => new(Value.Of(true)) { Span = span };

    private static LiteralExpr Entity(EntityUid uid, SourceSpan span) => new(Value.Of(uid)) { Span = span };
}
