using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Analysis.Counterexamples;

/// <summary>The entities that policies name. In a closed store they exist.</summary>
internal static class PolicyEntities
{
    public static IEnumerable<Value> Of(IEnumerable<Policy.Policy> policies) => policies.SelectMany(Of);

    private static IEnumerable<Value> Of(Policy.Policy policy)
    {
        foreach (var scope in (ScopeConstraint[])[policy.Principal, policy.Resource])
        {
            if (scope.Reference is EntityReference.Known { Uid: var uid })
            {
                yield return Value.Of(uid);
            }
        }

        foreach (var literal in policy.Conditions.SelectMany(c => c.Body.DescendantsAndSelf()).OfType<LiteralExpr>())
        {
            yield return literal.Value;
        }
    }
}
