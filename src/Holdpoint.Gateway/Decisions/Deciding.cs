using Holdpoint.Agreements;
using Holdpoint.Gateway.Records;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// Stages 4 and 5 for calls, for effects and for answers that are decided again. Pure: the decision may take effect only once the draft
/// that comes with it is a durable record. Thread-safe.
/// </summary>
internal sealed class Deciding(ActiveBundle bundle)
{
    /// <summary>Reserves exposure and decides.</summary>
    /// <param name="draft">The record's fields apart from the decision.</param>
    /// <param name="subject">Who would do what.</param>
    /// <param name="situation">What is known, said and guessed; with the seats that are filled whatever comes of this decision.</param>
    /// <param name="filled">Seats filled for this request alone. If they are too few, the hold asks for every seat again.</param>
    public Decided Decide(RecordDraft draft, Subject subject, Situation situation, Seats? filled = null)
    {
        // 4. Reserve exposure. In this version it is what the call alone shows, so there is nothing shared to reserve.
        // 5. Decide.
        var (agreement, seats) = (bundle.Agreement, filled ?? Seats.None);
        var decision = agreement.Decide(
            subject, seats.Count == 0 ? situation : situation with { FilledSeats = situation.FilledSeats.Union(seats) });
        if (decision.Verdict is Verdict.Hold && seats.Count > 0)
        {
            decision = agreement.Decide(subject, situation);
        }

        return new(decision, draft with
        {
            Bundle = bundle.Digest,
            Verdict = decision.Verdict switch
            {
                Verdict.Permit => RecordedVerdict.Permit,
                Verdict.Hold => RecordedVerdict.Hold,
                _ => RecordedVerdict.Refuse,
            },
            Cause = (decision.Verdict as Verdict.Refuse)?.Cause.Code,
            Clauses = decision.ReasonIds,
            Needs = decision.Verdict is Verdict.Hold hold ? hold.Needs.Names : [],
            Seats = decision.Verdict is Verdict.Permit ? seats.Names : [],
            CedarAllows = decision.Cedar == CedarDecision.Allow,
        });
    }
}

/// <summary>A decision, and the record to be written of it.</summary>
internal readonly record struct Decided(Decision Decision, RecordDraft Draft)
{
    public bool IsPermit => Decision.Verdict is Verdict.Permit;

    public bool IsHeld => Decision.Verdict is Verdict.Hold;
}
