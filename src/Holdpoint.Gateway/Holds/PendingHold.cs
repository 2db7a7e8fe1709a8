using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Effects;
using Holdpoint.Gateway.Records;

namespace Holdpoint.Gateway.Holds;

/// <summary>A decision to hold that is not yet recorded: the record and the hold become durable together.</summary>
/// <param name="Kind">What would wait.</param>
/// <param name="Decision">The decision; its verdict is a hold.</param>
/// <param name="Draft">The record of it.</param>
internal sealed record PendingHold(HoldKind Kind, Decision Decision, RecordDraft Draft)
{
    public PendingHold(HoldKind kind, Decided decided)
        : this(kind, decided.Decision, decided.Draft)
    {
    }

    /// <summary>The effect as it would be approved; only for an effect.</summary>
    public Effect? Effect { get; init; }

    /// <summary>The hold whose approvals were for this very effect, and no longer suffice.</summary>
    public HoldId? Insufficient { get; init; }

    public Seats Needs => ((Verdict.Hold)Decision.Verdict).Needs;
}
