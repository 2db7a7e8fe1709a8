using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Agreements.Loading;

/// <summary>
/// Checks the policies of a clause, as they will be evaluated, against the types of the vocabulary. A comparison of different types is
/// never true, so that a forbid would fail open on it; a policy that applies to no request protects nothing.
/// </summary>
internal static class TypeCheck
{
    public static void Check(
        IReadOnlyCollection<Policy.Policy> policies, Vocabulary vocabulary, Problems problems, Func<SourceSpan, string> placeOf)
    {
        var result = Validator.Validate(PolicySet.Create(policies), vocabulary.Schema);
        var dead = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in result.Errors.Where(finding => finding.Code != ValidationCode.NoApplicableAction))
        {
            var code = finding.Code switch
            {
                ValidationCode.UnknownAttribute => ProblemCode.UnknownAttribute,
                ValidationCode.UnknownEntityType => ProblemCode.UnknownEntityType,
                ValidationCode.UnknownAction or ValidationCode.UnknownEnumId => ProblemCode.UnknownValue,
                _ => ProblemCode.IllTyped,
            };
            dead.Add(finding.PolicyId);
            problems.Add(
                code, placeOf(finding.Span), $"{finding.Code} {finding.Message}",
                finding.Suggestion ?? "correct the condition, or the scope that it follows from");
        }

        // Both say the same; and of a policy that is faulty anyway it says nothing more.
        foreach (var finding in result.Errors.Concat(result.Warnings)
            .Where(finding => finding.Code is ValidationCode.NoApplicableAction or ValidationCode.ImpossiblePolicy)
            .Where(finding => dead.Add(finding.PolicyId)))
        {
            problems.Add(
                ProblemCode.NeverApplies, placeOf(finding.Span), $"{finding.Code} {finding.Message}",
                finding.Suggestion ?? "correct the part that can never be true, or remove the policy");
        }

        foreach (var place in policies.Where(policy => !dead.Contains(policy.Id))
            .SelectMany(policy => VoidTests.In(policy, vocabulary.Schema)))
        {
            problems.Add(
                ProblemCode.NeverTrue, placeOf(place), "this is false for every valid request",
                "compare what can be the same, or remove it");
        }
    }
}
