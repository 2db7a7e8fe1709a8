using Holdpoint.Policy;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Cli.Cedar;

/// <summary>One test: policies and entities, and requests with the results that the reference implementation gave.</summary>
/// <param name="Id">The file's path under the folder, without <c>.json</c>.</param>
/// <param name="Policies">The policies; null when they could not be read.</param>
/// <param name="Entities">The entities; null when they could not be read.</param>
/// <param name="Schema">The schema as it was written; null when there is none, or when it could not be read.</param>
/// <param name="Types">The schema with its names resolved; null when there is none.</param>
/// <param name="Validity">What the test says of validation; null when it says nothing.</param>
/// <param name="Requests">What is asked.</param>
/// <param name="Faults">Why something could not be read.</param>
internal sealed record CorpusTest(
    string Id,
    PolicySet? Policies,
    EntityStore? Entities,
    SchemaDocument? Schema,
    CedarSchema? Types,
    CorpusValidity? Validity,
    IReadOnlyList<CorpusRequest> Requests,
    IReadOnlyList<string> Faults)
{
    /// <summary>
    /// Decides every request and counts it. A request that could not be read agrees in nothing: the reference did read it.
    /// </summary>
    /// <returns>What people should know: faults, and requests that do not agree.</returns>
    public IEnumerable<string> Run(CorpusTally tally)
    {
        tally.Tests++;
        foreach (var complaint in Validity?.Compare(this, tally) ?? [])
        {
            yield return complaint;
        }

        foreach (var fault in Faults)
        {
            tally.Disagree.Add(Id);
            yield return fault;
        }

        var authorizer = Policies?.Compile();
        for (var i = 0; i < Requests.Count; i++)
        {
            var response = Requests[i].Request is { } request && Entities is not null ? authorizer?.Authorize(request, Entities) : null;
            if (!tally.Count(Id, Requests[i], response))
            {
                yield return $"request {i}: expected {Requests[i]}, got {Describe(response)}";
            }
        }
    }

    /// <summary>The validator's verdict on the policies; null when they or the schema could not be read.</summary>
    public ValidationResult? Validate(ValidationMode mode) =>
        Policies is not null && Types is not null ? Validator.Validate(Policies, Types, mode) : null;

    private static string Describe(Response? response) => response is null ? "nothing"
        : CorpusRequest.Describe(response.Decision, response.Reasons, response.Errors.Select(e => e.PolicyId));
}

/// <summary>A request of a test, with the expected result.</summary>
internal sealed record CorpusRequest(Request? Request, Decision Decision, IReadOnlySet<string> Reasons, IReadOnlySet<string> Errors)
{
    public static string Describe(Decision decision, IEnumerable<string> reasons, IEnumerable<string> errors) =>
        $"{(decision == Decision.Allow ? "allow" : "deny")} reasons [{string.Join(' ', reasons.Order(StringComparer.Ordinal))}]"
        + $" errors [{string.Join(' ', errors.Order(StringComparer.Ordinal))}]";

    public override string ToString() => Describe(Decision, Reasons, Errors);
}
