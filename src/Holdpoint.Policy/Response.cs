using System.Collections.Immutable;

namespace Holdpoint.Policy;

/// <summary>Cedar's answer to a request, and why.</summary>
/// <param name="Decision">The answer.</param>
/// <param name="Reasons">
/// Ids of the policies that determined it, in the order of the set: the permits that apply, or the forbids; empty when nothing applies.
/// </param>
/// <param name="Errors">The policies that could not be evaluated, in the order of the set. Cedar leaves them out of the decision.</param>
public sealed record Response(Decision Decision, ImmutableArray<string> Reasons, ImmutableArray<PolicyError> Errors);

/// <summary>A policy that could not be evaluated.</summary>
/// <param name="PolicyId">Its id.</param>
/// <param name="Message">Why. Names types and attributes, never values.</param>
public sealed record PolicyError(string PolicyId, string Message);
