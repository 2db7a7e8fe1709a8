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
        Hold hold, ReadOnlyMemory<byte> envelope, ActiveBundle bundle, DateTimeOffset now)
    {
        switch (EvidenceVerifier.Verify(envelope, bundle.Agreement.Issuers, now))
        {
            case EvidenceOutcome.Invalid(var fault):
                return (null, DecisionFaults.OfPosted(fault));
            case EvidenceOutcome.Valid(var statement):
                var revoked = bundle.Evidence.Current.RevocationOf(statement);
                var unfit = revoked is null ? FaultOf(hold, statement, bundle, now) : DecisionFaults.OfPosted(revoked);
                return unfit is null ? (statement, null) : (null, unfit);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Fault? FaultOf(Hold hold, VerifiedStatement statement, ActiveBundle bundle, DateTimeOffset now)
    {
        if (statement.Predicate is not Approval approval)
        {
            return Fault.BadRequest(EvidenceCause.Malformed.Code, "The statement is not an approval/v1.");
        }

        var issuer = statement.Issuer;
        if (approval.Hold != hold.Id.ToString() || statement.Subjects[0].Digest != hold.Digest || hold.Bundle != bundle.Digest)
        {
            return HoldFaults.ApprovalMismatch;
        }

        if (!issuer.MaySpeakFor(hold.Deployment))
        {
            return DecisionFaults.OfPosted(new(EvidenceCause.OutOfScope, $"{issuer.Name} does not speak for this deployment."));
        }

        if (issuer.Person is not { } person
            || !MayFill(bundle.Agreement, issuer.Party, person, approval.Seat)
            || !Asks(hold, approval.Seat))
        {
            return HoldFaults.NotSeated;
        }

        if (IsRequester(hold, person, bundle))
        {
            return HoldFaults.ByRequester;
        }

        var isTimely = approval.Issued <= now + HoldLimits.ClockTolerance && approval.Issued >= hold.Opened - HoldLimits.ClockTolerance;
        return isTimely ? null : HoldFaults.Untimely;
    }

    /// <summary>Whether the agreement lists the person, under this party, for a kind of seat.</summary>
    public static bool MayFill(Agreement agreement, string party, string person, string kind) =>
        agreement.Seats.Any(
            holders => holders.Kind == kind && holders.Party == party && holders.Persons.Contains(person, StringComparer.Ordinal));

    /// <summary>
    /// Whether a client is shown the hold: it is of its own deployment, or its person is listed for a kind of seat that it asks for.
    /// Otherwise one deployment's key with the right would read the prompts of all.
    /// </summary>
    public static bool MayReview(Hold hold, Reviewer reviewer) =>
        hold.Deployment == reviewer.Client.Deployment
        || (reviewer.Client.Person is { } person
            && reviewer.Bundle.Agreement.Seats.Any(
                holders => Asks(hold, holders.Kind) && holders.Persons.Contains(person, StringComparer.Ordinal)));

    private static bool Asks(Hold hold, string kind) => hold.Needs.Any(seat => seat.Kind == kind);

    // Every person who has a key for the requesting principal is the requester, whichever of the keys was used; and so is somebody whose
    // id is the principal's own name.
    private static bool IsRequester(Hold hold, string person, ActiveBundle bundle) =>
        person == hold.Person || person == hold.Principal || bundle.Clients.IsPersonOf(hold.Deployment, hold.Principal, person);
}
