using Holdpoint.Gateway.Decisions;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Holds;

/// <summary>Stable codes of what can be wrong with a hold or an approval (docs/reference/causes.md), and what is said about each.</summary>
internal static class HoldCauses
{
    public const string InvalidHeader = "invalid_hold_header";
    public const string InUse = "hold_in_use";
    public const string NotKept = "answer_not_kept";

    public static Fault Unknown { get; } = Faults.Forbidden("hold_unknown", "This principal has no such hold.");

    public static Fault Mismatch { get; } = Faults.Forbidden(
        "hold_mismatch", "The hold is of another call: body, endpoint, claims, evidence and agreement must all be those that were held.");

    public static Fault Refused { get; } = Faults.Forbidden("hold_refused", "A reviewer refused it.");

    public static Fault Expired { get; } = Faults.Forbidden("hold_expired", "The hold expired before everybody had approved it and it was released.");

    public static Fault Used { get; } = Faults.Forbidden("hold_used", "The hold was released before; an approval is used once.");

    public static Fault Releasing { get; } = Faults.Forbidden(InUse, "Another request is releasing this hold now.");

    public static Fault Full { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "holds_full", "", "Too much waits for people already; decide what is open, or try again later.")
    {
        RetryAfter = TimeSpan.FromMinutes(1),
    };

    public static Fault AnswerTooLarge { get; } =
        Faults.Forbidden(NotKept, "The answer needs approval and is larger than what is kept for people to decide on.");

    public static Fault Lost { get; } = Faults.Forbidden("hold_lost", "What was kept of this hold cannot be read any more.");

    public static Fault ReviewRightMissing { get; } = Faults.Forbidden(Causes.RightMissing, "This key has no right to see or decide holds.");

    public static Fault NoSuchHold { get; } = new(StatusCodes.Status404NotFound, "hold_unknown", "", "There is no such hold.");

    public static Fault ApprovalMismatch { get; } =
        Faults.Forbidden("approval_mismatch", "The approval is not of this hold, or not of what is held.");

    public static Fault NotSeated { get; } = Faults.Forbidden(
        "approval_not_seated", "The agreement gives the person of this key no such seat, or the hold does not ask for it.");

    public static Fault ByRequester { get; } =
        Faults.Forbidden("approval_by_requester", "Whoever asks for something does not approve it.");

    public static Fault Repeated { get; } = Faults.Forbidden("approval_repeated", "This person fills a seat of this hold already; a person fills one.");

    public static Fault SeatFilled { get; } = Faults.Forbidden("seat_filled", "Every seat of that kind is filled.");

    public static Fault Untimely { get; } = Faults.Forbidden(
        "approval_untimely", "The approval was issued before the hold was opened, or later than now, by more than five minutes.");

    /// <summary>Why a hold in this state cannot be decided or released at this time; null when it can.</summary>
    public static Fault? Of(Hold hold, DateTimeOffset now) => hold.State switch
    {
        HoldState.Refused => Refused,
        HoldState.Expired => Expired,
        HoldState.Used => Used,
        HoldState.Releasing => Releasing,
        _ => now < hold.Expires ? null : Expired,
    };
}
