using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>A clause with the policies that enforce it, as they are evaluated: with the loader's addition for seats.</summary>
internal sealed record LoadedClause(Clause Clause, ImmutableArray<LoadedPolicy> Policies);

/// <summary>One policy of a clause.</summary>
/// <param name="Policy">The policy, with an id that is unique in the agreement.</param>
/// <param name="Hold">The seats that lift the policy; null where the policy has no <c>@hold</c>, or permits.</param>
internal sealed record LoadedPolicy(Policy.Policy Policy, Seats? Hold)
{
    /// <summary>The policy as its author wrote it, without the loader's addition for seats.</summary>
    public Policy.Policy Written { get; init; } = Policy;
}
