using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Screening;
using Holdpoint.Signals;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;
using Holdpoint.Log;
using Subject = Holdpoint.Agreements.Subject;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// Stage 8: decides what of one answer may be released. Whole and streamed answers ask the same questions here, so they cannot be held to
/// different rules. Belongs to one answer; not thread-safe.
/// </summary>
internal sealed class AnswerGate(CallInProgress call)
{
    /// <summary>Most tool calls of one answer: as many as there may be tools, which is OpenAI's own limit. Each costs a durable record.</summary>
    private const int MaxToolCalls = 128;

    private int _toolCalls;

    /// <summary>What was found in the call and, so far, in its answer.</summary>
    public AnswerFindings Findings { get; } = new(call.Established!.Findings);

    /// <summary>Takes what was found in a part of the answer so far; it replaces what was taken of that part before.</summary>
    public void Observe(Part part, Findings found) => Findings.Observe(part.Path, part.Kind, part.Bytes.Length, found);

    /// <summary>
    /// Whether the text observed so far may be released. Findings that the call did not have decide it again (ADR 0082); the record of that
    /// is durable when this returns.
    /// </summary>
    /// <returns>Null, or why the answer ends here.</returns>
    public async ValueTask<Refusal?> AdmitTextAsync()
    {
        if (!Findings.HasNews)
        {
            return null;
        }

        Findings.Settle();
        var situation = SituationNow();
        var (forCall, forAnswer) = call.Release is { } release ? (release.ForCall, release.ForAnswer) : (Seats.None, Seats.None);
        var draft = Draft(RecordKind.Answer, tool: null, situation, Coverage());
        var decided = call.Active.Decider.Decide(draft, Established.Subject, situation with { FilledSeats = forCall }, forAnswer);
        return await RefusalOfAsync(decided, new PendingHold(HoldKind.Answer, decided.Decision, decided.Draft));
    }

    /// <summary>Whether a tool call may be released: an effect, decided as <c>act</c> with its own durable record.</summary>
    /// <returns>Null, or why the answer ends here.</returns>
    public async ValueTask<Refusal?> AdmitAsync(ToolCall toolCall)
    {
        if (++_toolCalls > MaxToolCalls)
        {
            return UpstreamCause.TooLarge;
        }

        var arguments = new Part(toolCall.Path, PartKind.Text, toolCall.Arguments);
        var found = call.Active.Establishing.Detectors.Scan(arguments);
        Observe(arguments, found);
        return await DecideEffectAsync(
            new(toolCall.Name, toolCall.Arguments),
            toolCall.DefinedAs,
            [.. call.Call!.Tools.Where(tool => tool.Name == toolCall.DefinedAs)],
            CoverageJson.Of(1, toolCall.Arguments.Length, found.Coverage));
    }

    /// <summary>Whether the provider may run tools of its own: no tool call of theirs passes us, so they are decided before forwarding.</summary>
    /// <returns>Null, or why the call is not forwarded.</returns>
    public async ValueTask<Refusal?> AdmitProviderToolsAsync()
    {
        foreach (var tool in call.Call!.Tools)
        {
            if (tool.RunByProvider && await DecideEffectAsync(new(tool.Name, tool.Definition), tool.Name, [tool], coverage: null) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>What of the answer was screened; null when nothing was.</summary>
    public Coverage? Coverage() => Findings.Coverage();

    // Read anew each time: forwarding may have decided the call for another provider since.
    private Established Established => call.Established!;

    /// <param name="effect">What people would approve: the tool as the call names it, and its arguments.</param>
    /// <param name="definedAs">The name under which an agreement registers it.</param>
    /// <param name="definitions">The definitions of that name in the request.</param>
    /// <param name="coverage">What of it was screened.</param>
    private ValueTask<Refusal?> DecideEffectAsync(
        PendingEffect effect, string definedAs, ImmutableArray<ToolDefinition> definitions, Coverage? coverage)
    {
        var registered = ToolEffects.Of(call.Active.Agreement, call.Client.Deployment, definedAs, definitions);
        var subject = new Subject.Act(call.Client.Deployment, call.Client.Principal, definedAs, registered.Class);
        var (filled, by) = call.Release is { } release ? release.TakeForEffect(RequestOf(effect)) : (Seats.None, null);
        var situation = SituationNow();
        var draft = Draft(RecordKind.Effect, registered.IsRegistered ? definedAs : null, situation, coverage);
        var decided = call.Active.Decider.Decide(draft, subject, situation, filled);
        return RefusalOfAsync(decided, new PendingHold(HoldKind.Effect, decided.Decision, decided.Draft) { Effect = effect, Insufficient = by });
    }

    private Hash RequestOf(PendingEffect effect) => (call.Binding with
    {
        Kind = HoldWords.Of(HoldKind.Effect),
        Effect = new(effect.Name, Hash.Of(effect.Arguments.Span)),
    }).RequestDigest;

    private RecordDraft Draft(RecordKind kind, string? tool, Situation situation, Coverage? coverage) =>
        call.Draft(kind) with { Tool = tool, Exposure = CallInProgress.Recorded(situation.Exposure), Coverage = coverage };

    private async ValueTask<Refusal?> RefusalOfAsync(Decider.Decided decided, PendingHold pending)
    {
        if (decided.IsHeld)
        {
            return new Refusal.OfAnswer(pending);
        }

        var record = await call.Active.Decider.RecordAsync(decided.Draft);
        return decided.IsPermit ? null : new Refusal.ByDecision(decided.Decision, record);
    }

    private Situation SituationNow() => Established.Situation with { Signals = Findings.Signals, Exposure = Findings.Exposure };
}
