using Holdpoint.Agreements;
using Holdpoint.Gateway.Records;
using Holdpoint.Log;
using Subject = Holdpoint.Agreements.Subject;

namespace Holdpoint.Gateway.Decisions;

/// <summary>Stages 4 to 6, for calls, for effects and for answers that are decided again. Thread-safe.</summary>
internal sealed class Decider(Agreement agreement, RecordLog records)
{
    /// <summary>The bundle that decides, as records name it.</summary>
    public Hash Bundle { get; } = Hash.TryParseHex(agreement.Bundle.Value, out var bundle) ? bundle : throw new ArgumentException("A bundle is named by its SHA-256.", nameof(agreement));

    /// <summary>How long a record may take to become durable. Ten seconds: a disk that is slower than that is down.</summary>
    private static readonly TimeSpan RecordTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Reserves exposure, decides and writes the draft of the record. What was decided may take effect only once <see cref="RecordAsync"/> of
    /// that draft has completed; a hold's record is written with the hold (<see cref="Holds.HoldBook"/>).
    /// </summary>
    /// <param name="draft">The record's fields apart from the decision.</param>
    /// <param name="subject">Who would do what.</param>
    /// <param name="situation">What is known, said and guessed; with the seats that are filled whatever comes of this decision.</param>
    /// <param name="filled">Seats filled for just this. When they do not suffice, the hold is for all that is needed, as if they were empty.</param>
    public Decided Decide(RecordDraft draft, Subject subject, Situation situation, Seats? filled = null)
    {
        // 4. Reserve exposure. In this version it is what the call alone shows, so there is nothing shared to reserve.
        // 5. Decide.
        var seats = filled ?? Seats.None;
        var decision = agreement.Decide(subject, seats.Count == 0 ? situation : situation with { FilledSeats = situation.FilledSeats.Union(seats) });
        if (decision.Verdict is Verdict.Hold && seats.Count > 0)
        {
            decision = agreement.Decide(subject, situation);
        }

        // 6. Record.
        return new(decision, draft with
        {
            Bundle = Bundle,
            Verdict = decision.Verdict switch
            {
                Verdict.Permit => RecordedVerdict.Permit,
                Verdict.Hold => RecordedVerdict.Hold,
                _ => RecordedVerdict.Refuse,
            },
            Cause = (decision.Verdict as Verdict.Refuse)?.Cause.Code,
            Clauses = [.. decision.Reasons.Select(clause => clause.Id.ToString())],
            Needs = decision.Verdict is Verdict.Hold hold ? [.. hold.Needs.Select(seat => seat.ToString())] : [],
            Seats = decision.Verdict is Verdict.Permit ? [.. seats.Select(seat => seat.ToString())] : [],
            CedarAllows = decision.Cedar == CedarDecision.Allow,
        });
    }

    /// <summary>Writes a record; completes with the index when that is durable.</summary>
    /// <exception cref="RecordUnavailableException">It could not be written: what it records must not happen.</exception>
    public Task<long> RecordAsync(RecordDraft draft)
    {
        var recording = records.AppendAsync(draft, CancellationToken.None);
        return recording.IsCompletedSuccessfully ? recording : WaitAsync(recording);
    }

    private static async Task<long> WaitAsync(Task<long> recording)
    {
        try
        {
            return await recording.WaitAsync(RecordTimeout);
        }
        catch (TimeoutException e)
        {
            throw new RecordUnavailableException(RecordFault.StoreFailed, e);
        }
    }

    /// <summary>A decision, and the record to be written of it.</summary>
    internal readonly record struct Decided(Decision Decision, RecordDraft Draft)
    {
        public bool IsPermit => Decision.Verdict is Verdict.Permit;

        public bool IsHeld => Decision.Verdict is Verdict.Hold;
    }
}
