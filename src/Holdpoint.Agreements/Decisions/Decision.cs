using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>A verdict with its reasons.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Cedar">
/// The decision of plain Cedar on the same policies. Cedar skips a policy that errs, so its decision can differ. Deny when the request
/// never reached Cedar.
/// </param>
/// <param name="Reasons">The clauses that determined the verdict, in the order of the agreement: those of <c>Verdict.By</c>.</param>
/// <param name="Errors">Clauses that could not be evaluated, even where others determined the verdict.</param>
public sealed record Decision(
    Verdict Verdict, CedarDecision Cedar, ImmutableArray<Clause> Reasons, ImmutableArray<ClauseError> Errors)
{
    /// <summary>The clauses that determined the verdict, in the order of the agreement.</summary>
    public ImmutableArray<Clause> Reasons { get; init => (field, ReasonIds) = (value, IdsOf(value)); } = Reasons;

    /// <summary>The ids of <see cref="Reasons"/>, as records name them.</summary>
    public ImmutableArray<string> ReasonIds { get; private init; } = IdsOf(Reasons);

    private static ImmutableArray<string> IdsOf(ImmutableArray<Clause> clauses) => [.. clauses.Select(clause => clause.Id.ToString())];
}

/// <summary>The decision of Cedar.</summary>
public enum CedarDecision
{
    /// <summary>Not allowed: no permit applies, or a forbid does.</summary>
    Deny,

    /// <summary>Allowed.</summary>
    Allow,
}

/// <summary>A clause that could not be evaluated.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Message">The error: it names types and attributes, never values of the situation.</param>
public sealed record ClauseError(ClauseId Clause, string Message);
