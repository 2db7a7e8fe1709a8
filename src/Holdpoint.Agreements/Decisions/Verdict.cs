using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>The verdict on one call or effect. Closed: every case is declared here.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>The call or effect may happen.</summary>
    /// <param name="By">The clauses that permit it; at least one.</param>
    public sealed record Permit(ImmutableArray<ClauseId> By) : Verdict;

    /// <summary>The call or effect waits for people.</summary>
    /// <param name="By">The clauses that hold it; at least one.</param>
    /// <param name="Needs">Every seat that the clauses ask for, whether filled or not; at least one.</param>
    public sealed record Hold(ImmutableArray<ClauseId> By, Seats Needs) : Verdict;

    /// <summary>
    /// The call or effect may not happen. An error, a timeout or a cancellation is a refusal too; <paramref name="Cause"/> says which.
    /// </summary>
    /// <param name="By">The clauses that refuse it; empty when none permits it, or when the cause lies outside the clauses.</param>
    /// <param name="Cause">The reason.</param>
    public sealed record Refuse(ImmutableArray<ClauseId> By, Cause Cause) : Verdict;
}
