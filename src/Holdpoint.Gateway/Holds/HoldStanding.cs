using System.Collections.Immutable;
using Holdpoint.Agreements;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// A hold with its approvals that are valid now: those whose keys have since expired or been revoked are left out.
/// </summary>
internal sealed record HoldStanding(Hold Hold, ImmutableArray<SeatedApproval> Approvals)
{
    public Seats Filled => Seats.Of(Approvals.Select(approval => approval.Seat));

    public Seats Missing => Hold.Needs.Except(Filled);

    /// <summary>Whether every seat that it needs is filled; each by another person, for a person fills one.</summary>
    public bool IsApproved => Filled.IsSupersetOf(Hold.Needs);
}
