using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Tests;

/// <summary>
/// Policies at random: every kind of node, names and texts that need quoting, and enough that is true of the small world.
/// </summary>
internal static class Policies
{
    private static readonly Gen<string> Texts = Gen.Elements(
        "", "a", "Alice", "two words", "in", "__cedar", "\"", "\\", "*", "a*b",
        "\0\x1f\u007f", "\r\n\t", "ü", "e\u0301", "😀", "\u2028", "//", "}");

    private static readonly Gen<string> PlainNames = Gen.Elements(
        "a", "age", "home", "n", "s", "principal", "permit", "_0", "isEmpty", "ip");

    private static readonly Gen<string> Types = Gen.Elements("User", "Team", "Photo", "A::B::C", "principal");

    private static readonly Gen<EntityUid> Uids =
        Gen.OneOf(
            Gen.Elements(new EntityUid("User", "alice"), new("Team", "all"), new("Team", "red"), new("Photo", "p1")),
            from type in Types from id in Texts select new EntityUid(type, id));

    private static readonly Gen<EntityUid> Actions = Gen.Elements(
        new EntityUid("Action", "view"), new("Action", "read"), new("Ns::Action", "x\"y"), new("Action", ""));

    private static readonly Gen<Expr> Leaves = Gen.OneOf(
        Gen.Elements<Expr>(
            new LiteralExpr(Value.Of(true)), new LiteralExpr(Value.Of(false)), new LiteralExpr(Value.Of(long.MinValue)),
            new LiteralExpr(Value.Of(long.MaxValue)), new LiteralExpr(Value.Of(-1)), new LiteralExpr(Value.Of(0))),
        Texts.Select(Expr (t) => new LiteralExpr(Value.Of(t))),
        Uids.Select(Expr (u) => new LiteralExpr(Value.Of(u))),
        Gen.Elements(Enum.GetValues<Variable>()).Select(Expr (v) => new VariableExpr(v)));

    public static Gen<Expr> Expressions { get; } = Gen.Sized(size => Expression(Math.Min(size / 8, 5)));

    public static Gen<Policy> Generator { get; } =
        from effect in Gen.Elements(Effect.Permit, Effect.Forbid)
        from annotations in Gen.Zip(Gen.Elements("id", "title", "if", "in", "__cedar"), Texts).ListOf()
        from principal in Constraint()
        from action in Gen.OneOf(
            Gen.Constant<ActionConstraint>(new ActionConstraint.Any()),
            Actions.Select(ActionConstraint (a) => new ActionConstraint.Equal(a)),
            Actions.ListOf().Select(ActionConstraint (a) => new ActionConstraint.In([.. a])))
        from resource in Constraint()
        from conditions in Gen.Zip(Gen.Elements(ConditionKind.When, ConditionKind.Unless), Expressions).Resize(20).ListOf(2)
        select new Policy
        {
            Id = "policy0",
            Effect = effect,
            Annotations = annotations.DistinctBy(a => a.Item1)
                .ToImmutableSortedDictionary(a => a.Item1, a => a.Item2, StringComparer.Ordinal),
            Principal = principal,
            Action = action,
            Resource = resource,
            Conditions = [.. conditions.Select(c => new Condition(c.Item1, c.Item2))],
        };

    private static Gen<ScopeConstraint> Constraint() => Gen.OneOf(
        Gen.Constant<ScopeConstraint>(new ScopeConstraint.Any()),
        Uids.Select(ScopeConstraint (u) => new ScopeConstraint.Equal(new EntityReference.Known(u))),
        Uids.Select(ScopeConstraint (u) => new ScopeConstraint.In(new EntityReference.Known(u))),
        Types.Select(ScopeConstraint (t) => new ScopeConstraint.Is(t)),
        from type in Types from uid in Uids select (ScopeConstraint)new ScopeConstraint.IsIn(type, new EntityReference.Known(uid)));

    private static Gen<Expr> Expression(int depth)
    {
        if (depth == 0)
        {
            return Leaves;
        }

        var inner = Expression(depth - 1);
        return Gen.OneOf(
            Leaves,
            from a in inner from b in inner from c in inner select (Expr)new IfExpr(a, b, c),
            from op in Gen.Elements(Enum.GetValues<UnaryOperator>())
            from a in inner
            where op != UnaryOperator.Negate || a is not LiteralExpr { Value: LongValue }
            select (Expr)new UnaryExpr(op, a),
            from op in Gen.Elements(Enum.GetValues<BinaryOperator>()) from a in inner from b in inner select (Expr)new BinaryExpr(op, a, b),
            from op in Gen.Elements(BinaryOperator.And, BinaryOperator.Or)
            from a in inner
            from b in inner
            select (Expr)new BinaryExpr(op, a, b),
            from a in inner
            from path in Gen.OneOf(Texts.Select(t => (string[])[t]), PlainNames.NonEmptyListOf().Select(p => p.ToArray()))
            select (Expr)new HasExpr(a, [.. path]),
            from a in inner from segments in Texts.NonEmptyListOf() select (Expr)new LikeExpr(a, new Pattern([.. segments])),
            from a in inner from type in Types select (Expr)new IsExpr(a, type),
            from a in inner from type in Types from b in inner select (Expr)new IsExpr(a, type, b),
            from a in inner from name in Gen.OneOf(Texts, PlainNames) select (Expr)new GetAttributeExpr(a, name),
            inner.ListOf(3).Select(Expr (e) => new SetExpr([.. e])),
            Gen.Zip(Gen.OneOf(Texts, PlainNames), inner).ListOf(3)
                .Select(Expr (f) => new RecordExpr([.. f.DistinctBy(x => x.Item1).Select(x => new RecordField(x.Item1, x.Item2))])),
            from function in Gen.Elements(Enum.GetValues<Function>())
            from arguments in inner.ListOf(Arity(function))
            select (Expr)new CallExpr(function, [.. arguments]));
    }

    private static int Arity(Function function) => function switch
    {
        Function.Contains or Function.ContainsAll or Function.ContainsAny or Function.GetTag or Function.HasTag or Function.IsInRange
            or Function.LessThan or Function.LessThanOrEqual or Function.GreaterThan or Function.GreaterThanOrEqual
            or Function.Offset or Function.DurationSince => 2,
        _ => 1,
    };
}
