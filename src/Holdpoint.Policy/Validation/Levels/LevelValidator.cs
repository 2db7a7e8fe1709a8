using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation.Checking;
using Holdpoint.Policy.Validation.Typed;

namespace Holdpoint.Policy.Validation.Levels;

/// <summary>
/// How far policies look (RFC 76): a policy is of level <c>n</c> when it reaches attributes, tags and ancestors only of entities that are
/// less than <c>n</c> steps from the request. Level 0 looks at the request alone, level 1 also at the data of its entities, and so on. On a
/// slice of that level (<see cref="EntitySlice"/>) the policies decide as on the whole store.
/// </summary>
public static class LevelValidator
{
    /// <summary>
    /// The least level that all policies of a set have; null when they have none, because one is not strictly valid or reads data of an
    /// entity that it names itself.
    /// </summary>
    public static int? LevelOf(PolicySet policies, CedarSchema schema)
    {
        ArgumentNullException.ThrowIfNull(policies);
        var level = 0;
        foreach (var policy in policies.Policies)
        {
            if (LevelOf(Validator.Type(policy, schema)) is not { } own)
            {
                return null;
            }

            level = Math.Max(level, own);
        }

        return level;
    }

    /// <summary>The least level of one policy; null when it has none.</summary>
    public static int? LevelOf(TypedPolicies policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var check = new LevelCheck(int.MaxValue, new Findings(""));
        foreach (var typed in policy.ByEnvironment)
        {
            check.Check(typed.Condition, typed.Environment);
        }

        return policy.IsValid && !check.BeginsAtLiteral ? check.Deepest : null;
    }
}
