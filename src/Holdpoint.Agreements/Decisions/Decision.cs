using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>A verdict with what led to it.</summary>
/// <param name="Verdict">What was decided.</param>
/// <param name="Cedar">
/// What plain Cedar makes of the same policies: it skips a policy that errs, so it can differ. Deny when the request never reached it.
/// </param>
/// <param name="Reasons">The clauses that determined the verdict, in the order of the agreement: those of <c>Verdict.By</c>.</param>
/// <param name="Errors">Clauses that could not be evaluated, also where others determined the verdict.</param>
public sealed record Decision(
    Verdict Verdict, CedarDecision Cedar, ImmutableArray<Clause> Reasons, ImmutableArray<ClauseError> Errors);

/// <summary>What Cedar decides.</summary>
public enum CedarDecision
{
    /// <summary>Not allowed: no permit applies, or a forbid does.</summary>
    Deny,

    /// <summary>Allowed.</summary>
    Allow,
}

/// <summary>A clause that could not be evaluated.</summary>
/// <param name="Clause">Which.</param>
/// <param name="Message">What went wrong: names types and attributes, never values of the situation.</param>
public sealed record ClauseError(ClauseId Clause, string Message);
