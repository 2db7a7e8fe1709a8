using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Validation.Typed;

/// <summary>A policy in one request environment, every part with its type.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Environment">The kind of request.</param>
/// <param name="Condition">
/// The whole condition: the scope, then each <c>when</c> and the negation of each <c>unless</c>, joined by <c>&amp;&amp;</c>. The policy
/// applies to a request exactly when this is true.
/// </param>
public sealed record TypedPolicy(Policy Policy, RequestEnvironment Environment, TypedExpr Condition)
{
    /// <summary>Whether the policy applies to no request of this kind, by its types alone.</summary>
    public bool IsImpossible => Condition.Type is CedarType.Boolean { Only: false };
}
