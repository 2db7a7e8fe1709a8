using Holdpoint.Agreements;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Holds;

/// <summary>Whether a signed approval counts for a hold, under one configuration at one time. Pure.</summary>
internal static class ApprovalRules
{
    /// <summary>Verifies an envelope as an approval of the hold. The same when it is posted and each time it is relied on.</summary>
    /// <returns>The statement, or why it does not count.</returns>
    public static (VerifiedStatement? Statement, Fault? Fault) Verify(
        Hold hold, ReadOnlyMemory<byte> envelope, ActiveConfiguration active, DateTimeOffset now)
    {
        switch (EvidenceVerifier.Verify(envelope, active.Agreement.Issuers, now))
        {
            case EvidenceOutcome.Invalid(var fault):
                return (null, Faulted(fault));
            case EvidenceOutcome.Valid(var statement):
                var revoked = active.Evidence.Current.RevocationOf(statement);
                var unfit = revoked is null ? FaultOf(hold, statement, active, now) : Faulted(revoked);
                return unfit is null ? (statement, null) : (null, unfit);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Fault? FaultOf(Hold hold, VerifiedStatement statement, ActiveConfiguration active, DateTimeOffset now)
    {
        if (statement.Predicate is not Approval approval)
        {
            return Faults.BadRequest(EvidenceCause.Malformed.Code, "The statement is no approval/v1.");
        }

        var issuer = statement.Issuer;
        return approval.Hold != hold.Id.ToString() || statement.Subjects[0].Digest != hold.Digest ? HoldCauses.ApprovalMismatch
            : hold.Bundle != active.Decider.Bundle ? HoldCauses.ApprovalMismatch
            : !issuer.MaySpeakFor(hold.Deployment) ? Faulted(new(EvidenceCause.OutOfScope, $"{issuer.Name} does not speak for this deployment."))
            : issuer.Person is not { } person || !MayFill(active.Agreement, issuer.Party, person, approval.Seat) || !Asks(hold, approval.Seat) ? HoldCauses.NotSeated
            : IsRequester(hold, person, active) ? HoldCauses.ByRequester
            : approval.Issued > now + HoldLimits.ClockTolerance || approval.Issued < hold.Opened - HoldLimits.ClockTolerance ? HoldCauses.Untimely
            : null;
    }

    /// <summary>Whether the agreement lists the person, under this party, for a kind of seat.</summary>
    public static bool MayFill(Agreement agreement, string party, string person, string kind) =>
        agreement.Seats.Any(holders => holders.Kind == kind && holders.Party == party && holders.Persons.Contains(person, StringComparer.Ordinal));

    /// <summary>
    /// Whether a client is shown the hold: it is of its own deployment, or its person is listed for a kind of seat that it asks for. Otherwise
    /// one deployment's key with the right would read the prompts of all.
    /// </summary>
    public static bool MayReview(Hold hold, CallInProgress reviewing) =>
        hold.Deployment == reviewing.Client.Deployment
        || (reviewing.Client.Person is { } person
            && reviewing.Active.Agreement.Seats.Any(
                holders => Asks(hold, holders.Kind) && holders.Persons.Contains(person, StringComparer.Ordinal)));

    private static bool Asks(Hold hold, string kind) => hold.Needs.Any(seat => seat.Kind == kind);

    // Every person who has a key for the requesting principal is the requester, whichever of the keys was used; and so is somebody whose
    // id is the principal's own name.
    private static bool IsRequester(Hold hold, string person, ActiveConfiguration active) =>
        person == hold.Person || person == hold.Principal || active.Clients.IsPersonOf(hold.Deployment, hold.Principal, person);

    private static Fault Faulted(EvidenceFault fault) => fault.Cause == EvidenceCause.Malformed
        ? Faults.BadRequest(fault.Cause.Code, fault.Message)
        : Faults.Forbidden(fault.Cause.Code, fault.Message);
}
