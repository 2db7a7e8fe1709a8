using System.Collections.Immutable;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Agreements;

/// <summary>What <c>@hold</c> means in Cedar.</summary>
internal static class HoldRule
{
    /// <summary>The attribute of the context that only this rule reads.</summary>
    public const string SeatsAttribute = "seats";

    /// <summary>
    /// The policy with <c>unless { context.seats.containsAll([…]) }</c>: it stops forbidding when the seats are filled. The condition
    /// comes last, so whatever errs in the policy errs before it.
    /// </summary>
    public static Policy.Policy Lift(Policy.Policy policy, Seats seats)
    {
        ImmutableArray<Expr> names =
            [.. seats.Select(seat => new LiteralExpr(Value.Of(new EntityUid("Holdpoint::Seat", seat.ToString()))))];
        var filled = new GetAttributeExpr(new VariableExpr(Variable.Context), SeatsAttribute);
        return policy.WithCondition(
            new(ConditionKind.Unless, new CallExpr(Function.ContainsAll, [filled, new SetExpr(names)])));
    }
}
