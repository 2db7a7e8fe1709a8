using System.Collections.Immutable;
using System.Text;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Effects;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Provenance;
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
/// <param name="received">Where it is noted what the client may send back.</param>
/// <param name="records">The log.</param>
/// <param name="established">What was established about the call, for the provider that answered it.</param>
/// <param name="release">What people approved of the call; null when it is made under no approved hold.</param>
/// <param name="decision">Index of the record that decided the call for that provider.</param>
internal sealed class AnswerGate(
    Deciding deciding,
    EffectGate effects,
    Detectors detectors,
    ReceivedValues received,
    RecordLog records,
    Established established,
    HoldRelease? release,
    long decision)
{
    /// <summary>
    /// Most tool calls of one answer: as many as there may be tools, which is OpenAI's own limit. Each costs a durable record.
    /// </summary>
    private const int MaxToolCalls = 128;

    /// <summary>The path of a header in the coverage, before its name.</summary>
    private const string HeaderPath = "/headers/";

    private int _toolCalls;

    /// <summary>The findings in the answer so far, added to those of the call.</summary>
    public AnswerFindings Findings { get; } = new(established.Findings);

    public Detectors Detectors => detectors;

    /// <summary>Whether the record that the answer leaves under was lost with its store: then nothing more of it leaves.</summary>
    public bool IsRecordLost => records.IsLost;

    /// <summary>
    /// Whether the text observed so far may be released. Findings that the call did not have decide it again (ADR 0082); the record of that
    /// is durable when this returns.
    /// </summary>
    /// <returns>Null, or why the answer ends here.</returns>
    public ValueTask<Objection?> AdmitTextAsync() =>
        Findings.ShowsProviderKey ? new(UpstreamFaults.QuotesKey) : Findings.HasNews ? DecideTextAsync() : default;

    /// <summary>Observes the headers of the answer that are passed on, before anything is decided about it.</summary>
    public void ObserveHeaders(ImmutableArray<(string Name, string Value)> headers)
    {
        foreach (var (name, value) in headers)
        {
            if (!PassedHeaders.IsPlain(value))
            {
                Observe(new(HeaderPath + name, PartKind.Text, Encoding.ASCII.GetBytes(value)));
            }
        }
    }

    /// <summary>Notes a value that the client may send back although nobody here can read it: it came in this answer.</summary>
    public void Pass(ReadOnlySpan<byte> value) => received.Note(established.Request.Client.Deployment, value);

    /// <summary>
    /// Whether an error of the upstream's own may be released with its text. What is found in it is decided like the text of an answer, but
    /// it is nobody's work: it opens no hold and is not counted as seen.
    /// </summary>
    /// <param name="text">The error's text.</param>
    public async ValueTask<bool> AdmitErrorAsync(ImmutableArray<Part> text)
    {
        foreach (var part in text)
        {
            Observe(part);
        }

        if (Findings.ShowsProviderKey)
        {
            return false;
        }

        if (!Findings.HasNews)
        {
            return true;
        }

        var draft = established.Draft(RecordKind.Answer, decision) with { Coverage = Findings.Coverage() };
        var decided = deciding.Decide(draft, established.Subject, established.Situation with { Signals = Findings.Signals });
        if (decided.IsPermit)
        {
            await records.AppendAsync(decided.Draft);
        }

        return decided.IsPermit;
    }

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
        if (Findings.ShowsProviderKey)
        {
            return UpstreamFaults.QuotesKey;
        }

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

    private void Observe(Part part) => Findings.Observe(part.Path, part.Bytes.Length, detectors.Scan(part));

    private Situation SituationNow() =>
        established.Situation with { Signals = Findings.Signals, Exposure = Findings.Exposure };
}
