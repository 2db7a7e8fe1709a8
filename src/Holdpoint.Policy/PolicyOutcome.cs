namespace Holdpoint.Policy;

/// <summary>That a policy applies to a request, or could not be evaluated on it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Error">Why it could not be evaluated; null when it applies.</param>
public readonly record struct PolicyOutcome(Policy Policy, EvaluationError? Error)
{
    /// <summary>Whether the policy applies: its scope fits and its conditions hold.</summary>
    public bool IsSatisfied => Error is null;
}
