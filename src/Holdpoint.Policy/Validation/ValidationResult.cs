using System.Collections.Immutable;

namespace Holdpoint.Policy.Validation;

/// <summary>What the validator says of a policy set.</summary>
/// <param name="Errors">What must be mended, by policy and place; of one policy the first 100.</param>
/// <param name="Warnings">What should be looked at, in the same order.</param>
public sealed record ValidationResult(ImmutableArray<ValidationFinding> Errors, ImmutableArray<ValidationFinding> Warnings)
{
    /// <summary>Whether there are no errors. Warnings do not count.</summary>
    public bool IsValid => Errors.IsEmpty;
}
