using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Effects;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Screening;

/// <summary>
/// Stage 8: decides what of one answer may be released. Whole and streamed answers ask the same questions here, so they cannot be held to
/// different rules. Belongs to one answer; not thread-safe.
/// </summary>
/// <param name="deciding">Decides the text.</param>
/// <param name="effects">Decides the tool calls.</param>
/// <param name="detectors">The bundle's detectors.</param>
/// <param name="records">The log.</param>
/// <param name="established">What was established about the call, for the provider that answered it.</param>
/// <param name="release">What people approved of the call; null when it is made under no approved hold.</param>
/// <param name="decision">Index of the record that decided the call for that provider.</param>
internal sealed class AnswerGate(
    Deciding deciding,
    EffectGate effects,
    Detectors detectors,
    RecordLog records,
    Established established,
    HoldRelease? release,
    long decision)
{
    /// <summary>
    /// Most tool calls of one answer: as many as there may be tools, which is OpenAI's own limit. Each costs a durable record.
    /// </summary>
    private const int MaxToolCalls = 128;

    private int _toolCalls;

    /// <summary>The findings in the answer so far, added to those of the call.</summary>
    public AnswerFindings Findings { get; } = new(established.Findings);

    public Detectors Detectors => detectors;

    /// <summary>
    /// Whether the text observed so far may be released. Findings that the call did not have decide it again (ADR 0082); the record of that
    /// is durable when this returns.
    /// </summary>
    /// <returns>Null, or why the answer ends here.</returns>
    public ValueTask<Objection?> AdmitTextAsync() => Findings.HasNews ? DecideTextAsync() : default;

    /// <summary>Whether a tool call may be released.</summary>
    /// <returns>Null, or why the answer ends here.</returns>
    public async ValueTask<Objection?> AdmitAsync(ToolCall toolCall)
    {
        if (++_toolCalls > MaxToolCalls)
        {
            return UpstreamFaults.TooLarge;
        }

        var arguments = new Part(toolCall.Path, PartKind.Text, toolCall.Arguments);
        var found = detectors.Scan(arguments);
        Findings.Observe(arguments.Path, arguments.Bytes.Length, found);
        var coverage = CoverageJson.Of(1, toolCall.Arguments.Length, found.Coverage);
        return await effects.AdmitAsync(Effect.Of(toolCall), SituationNow(), coverage);
    }

    private async ValueTask<Objection?> DecideTextAsync()
    {
        var situation = SituationNow();
        Findings.Settle();
        var (forCall, forAnswer) = release is null ? (Seats.None, Seats.None) : (release.ForCall, release.ForAnswer);
        var draft = established.Draft(RecordKind.Answer, decision) with
        {
            Exposure = situation.Exposure.ToRecord(),
            Coverage = Findings.Coverage(),
        };
        var decided = deciding.Decide(draft, established.Subject, situation with { FilledSeats = forCall }, forAnswer);
        return await EffectGate.ObjectionTo(decided, new(HoldKind.Answer, decided), records);
    }

    private Situation SituationNow() =>
        established.Situation with { Signals = Findings.Signals, Exposure = Findings.Exposure };
}
