using System.Collections.Immutable;

namespace Holdpoint.Policy.Validation.Typed;

/// <summary>A policy typed for each kind of request that a schema allows.</summary>
/// <param name="ByEnvironment">One for each environment, in the order of the schema's; empty when there are errors.</param>
/// <param name="Errors">What is wrong with the policy, in strict mode.</param>
public sealed record TypedPolicies(ImmutableArray<TypedPolicy> ByEnvironment, ImmutableArray<ValidationFinding> Errors)
{
    /// <summary>Whether the policy is strictly valid.</summary>
    public bool IsValid => Errors.IsEmpty;
}
