using System.Collections.Immutable;
using Holdpoint.Agreements;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// A hold with the approvals of it that hold at this moment: those whose keys have since expired or been revoked are not here.
/// </summary>
internal sealed record HoldStanding(Hold Hold, ImmutableArray<SeatedApproval> Approvals)
{
    public Seats Filled => Seats.Of(Approvals.Select(approval => approval.Seat));

    public Seats Missing => Hold.Needs.Except(Filled);

    /// <summary>Whether every seat that it needs is filled; each by another person, for a person fills one.</summary>
    public bool IsApproved => Filled.IsSupersetOf(Hold.Needs);
}
