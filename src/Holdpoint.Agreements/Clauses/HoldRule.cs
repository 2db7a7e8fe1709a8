using System.Collections.Immutable;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Agreements;

/// <summary>The meaning of <c>@hold</c> in Cedar.</summary>
internal static class HoldRule
{
    /// <summary>The attribute of the context that only this rule reads.</summary>
    public const string SeatsAttribute = "seats";

    /// <summary>
    /// The policy with <c>unless { context.seats.containsAll([…]) }</c>, which stops forbidding when the seats are filled. The condition is
    /// the last one, so any error in the policy occurs before it.
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
