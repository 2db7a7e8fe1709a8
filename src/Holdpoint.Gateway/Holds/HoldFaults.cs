using Holdpoint.Wire;

namespace Holdpoint.Gateway.Holds;

/// <summary>The faults of holds and approvals (docs/reference/causes.md).</summary>
internal static class HoldFaults
{
    public const string InvalidHeader = "invalid_hold_header";
    public const string NeedsApproval = "needs_approval";
    public const string InUse = "hold_in_use";
    public const string NotKept = "answer_not_kept";

    public static Fault InvalidHoldHeader { get; } = Fault.BadRequest(
        InvalidHeader, $"{HoldpointHeaders.Hold} must be the id of a hold, as the answer that held the call gave it.");

    public static Fault InvalidWaitHeader { get; } = Fault.BadRequest(
        InvalidHeader, $"{HoldpointHeaders.Wait} must be a whole number of seconds from 0 to {HoldLimits.LongestWait.TotalSeconds:F0}.");

    public static Fault Unknown { get; } = Fault.Forbidden("hold_unknown", "This principal does not have such a hold.");

    public static Fault Mismatch { get; } = Fault.Forbidden(
        "hold_mismatch", "The hold is of another call: body, endpoint, claims, evidence and agreement must all be those that were held.");

    public static Fault Refused { get; } = Fault.Forbidden("hold_refused", "A reviewer refused what this hold is about.");

    public static Fault Expired { get; } = Fault.Forbidden(
        "hold_expired", "The hold expired before it was fully approved and released.");

    public static Fault Used { get; } = Fault.Forbidden("hold_used", "The hold was released before; an approval is used only once.");

    public static Fault Releasing { get; } = Fault.Forbidden(InUse, "Another request is releasing this hold now.");

    public static Fault Full { get; } = new(
        HttpStatus.ServiceUnavailable, "holds_full", "",
        "Too many holds are waiting for review; decide some of them, or try again later.")
    {
        RetryAfter = TimeSpan.FromMinutes(1),
    };

    public static Fault AnswerTooLarge { get; } =
        Fault.Forbidden(NotKept, "The answer needs approval and is larger than what is kept for people to decide on.");

    public static Fault Lost { get; } = Fault.Forbidden("hold_lost", "The stored content of this hold can no longer be read.");

    public static Fault NoSuchHold { get; } = new(HttpStatus.NotFound, "hold_unknown", "", "There is no such hold.");

    public static Fault ApprovalMismatch { get; } =
        Fault.Forbidden("approval_mismatch", "The approval is not of this hold, or not of what is held.");

    public static Fault NotSeated { get; } = Fault.Forbidden(
        "approval_not_seated", "The agreement gives the person of this key no such seat, or the hold does not ask for it.");

    public static Fault ByRequester { get; } =
        Fault.Forbidden("approval_by_requester", "A person who asks for something cannot approve it.");

    public static Fault Repeated { get; } = Fault.Forbidden(
        "approval_repeated", "This person already fills a seat of this hold; one person fills only one.");

    public static Fault SeatFilled { get; } = Fault.Forbidden("seat_filled", "Every seat of that kind is filled.");

    public static Fault Untimely { get; } = Fault.Forbidden(
        "approval_untimely", "The approval was issued before the hold was opened, or later than now, by more than five minutes.");

    /// <summary>The reason that a hold in this state cannot be decided or released at this time; null when it can.</summary>
    public static Fault? Of(Hold hold, DateTimeOffset now) => hold.State switch
    {
        HoldState.Refused => Refused,
        HoldState.Expired => Expired,
        HoldState.Used => Used,
        HoldState.Releasing => Releasing,
        _ => now < hold.Expires ? null : Expired,
    };
}
