using System.Diagnostics;

namespace Holdpoint.Gateway.Records;

/// <summary>The kind of a record. The names in the log are the lower-case ones; new kinds may be added, none changes.</summary>
internal enum RecordKind
{
    /// <summary>A decision about a call, or a fault found before one could be made.</summary>
    Call,

    /// <summary>A decision about an effect.</summary>
    Effect,

    /// <summary>A decision about an answer, taken again because of what was found in it.</summary>
    Answer,

    /// <summary>The end of a call or effect; <see cref="RecordDraft.About"/> names its decision.</summary>
    Outcome,

    /// <summary>A statement was posted, or refused.</summary>
    Evidence,

    /// <summary>The gateway started, with the digests of what it runs on.</summary>
    Start,

    /// <summary>A bundle took effect, with what is proved of it.</summary>
    Activation,

    /// <summary>Another configuration or bundle became active, with its digests.</summary>
    Reload,

    /// <summary>The gateway stopped in good order.</summary>
    Stop,

    /// <summary>
    /// Requests without a known key since the last such record; only their number, because a stranger must not fill the log.
    /// </summary>
    Unidentified,

    /// <summary>Requests of one client that were over its rate since the last such record; only their number.</summary>
    Limited,

    /// <summary>A step of a hold; <see cref="RecordDraft.About"/> names the decision that it waits under.</summary>
    Hold,
}

/// <summary>An event of a hold.</summary>
internal enum HoldStep
{
    /// <summary>It began: on the record of the decision that held.</summary>
    Opened,

    /// <summary>An equal call met it: on the record of the decision that held that call.</summary>
    Joined,

    /// <summary>Somebody with the right to review was shown what it is about.</summary>
    Seen,

    /// <summary>A person filled a seat.</summary>
    Approved,

    /// <summary>A person refused it; it ended.</summary>
    Refused,

    /// <summary>Nobody decided in time; it ended.</summary>
    Expired,

    /// <summary>It is being released: on the record of the decision that permits with its seats filled.</summary>
    Released,

    /// <summary>What was approved has happened, and the approvals are used up; it ended.</summary>
    Used,

    /// <summary>The release came to nothing before a byte had left; the approvals are as they were.</summary>
    Returned,
}

/// <summary>The verdict as a record states it.</summary>
internal enum RecordedVerdict
{
    Permit,
    Hold,
    Refuse,
}

internal static class RecordNames
{
    public static ReadOnlySpan<byte> Of(RecordKind kind) => kind switch
    {
        RecordKind.Call => "call"u8,
        RecordKind.Effect => "effect"u8,
        RecordKind.Answer => "answer"u8,
        RecordKind.Outcome => "outcome"u8,
        RecordKind.Evidence => "evidence"u8,
        RecordKind.Start => "start"u8,
        RecordKind.Activation => "activation"u8,
        RecordKind.Reload => "reload"u8,
        RecordKind.Stop => "stop"u8,
        RecordKind.Unidentified => "unidentified"u8,
        RecordKind.Limited => "limited"u8,
        RecordKind.Hold => "hold"u8,
        _ => throw new UnreachableException(),
    };

    public static ReadOnlySpan<byte> Of(HoldStep step) => step switch
    {
        HoldStep.Opened => "opened"u8,
        HoldStep.Joined => "joined"u8,
        HoldStep.Seen => "seen"u8,
        HoldStep.Approved => "approved"u8,
        HoldStep.Refused => "refused"u8,
        HoldStep.Expired => "expired"u8,
        HoldStep.Released => "released"u8,
        HoldStep.Used => "used"u8,
        HoldStep.Returned => "returned"u8,
        _ => throw new UnreachableException(),
    };

    public static ReadOnlySpan<byte> Of(RecordedVerdict verdict) => verdict switch
    {
        RecordedVerdict.Permit => "permit"u8,
        RecordedVerdict.Hold => "hold"u8,
        RecordedVerdict.Refuse => "refuse"u8,
        _ => throw new UnreachableException(),
    };
}
