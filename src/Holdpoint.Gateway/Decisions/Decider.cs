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

    /// <summary>Reserves exposure, decides and starts the record. What was decided may take effect only once <see cref="Decided.RecordAsync"/> completed.</summary>
    /// <param name="draft">The record's fields apart from the decision.</param>
    /// <param name="subject">Who would do what.</param>
    /// <param name="situation">What is known, said and guessed.</param>
    /// <exception cref="RecordUnavailableException">No record can be written, so nothing was decided.</exception>
    public Decided Decide(RecordDraft draft, Subject subject, Situation situation)
    {
        // 4. Reserve exposure. In this version it is what the call alone shows, so there is nothing shared to reserve.
        // 5. Decide.
        var decision = agreement.Decide(subject, situation);

        // 6. Record.
        var recorded = records.AppendAsync(
            draft with
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
                CedarAllows = decision.Cedar == CedarDecision.Allow,
            },
            CancellationToken.None);
        return new(decision, recorded);
    }

    /// <summary>Records what needed no decision, such as a fault; completes with the index when that is durable.</summary>
    /// <exception cref="RecordUnavailableException">It could not be written.</exception>
    public ValueTask<long> RecordAsync(RecordDraft draft) => WaitAsync(records.AppendAsync(draft, CancellationToken.None));

    private static async ValueTask<long> WaitAsync(Task<long> recording)
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

    /// <summary>A decision whose record is on its way.</summary>
    internal readonly record struct Decided(Decision Decision, Task<long> Recording)
    {
        public bool IsPermit => Decision.Verdict is Verdict.Permit;

        /// <summary>The record's index, once it is durable.</summary>
        /// <exception cref="RecordUnavailableException">It could not be written: what it records must not happen.</exception>
        public ValueTask<long> RecordAsync() => Recording.IsCompletedSuccessfully ? new(Recording.Result) : WaitAsync(Recording);
    }
}
