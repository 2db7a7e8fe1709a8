using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Effects;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Records;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Screening;

/// <summary>
/// Decides the effects of one call, each as <c>act</c> with a durable record of its own before it may happen. Belongs to one call; not
/// thread-safe.
/// </summary>
/// <param name="effects">Decides an effect.</param>
/// <param name="records">The log.</param>
/// <param name="established">What was established about the call that the effects come from.</param>
/// <param name="request">The call, as holds know it.</param>
/// <param name="release">What people approved of the call; null when it is made under no approved hold.</param>
/// <param name="decision">Index of the record that decided the call.</param>
internal sealed class EffectGate(
    EffectDeciding effects, RecordLog records, Established established, HoldRequest request, HoldRelease? release, long decision)
{
    /// <summary>
    /// Decides the tools that the provider runs itself. Their calls never pass through the gateway, so this happens before forwarding.
    /// </summary>
    /// <returns>Null, or why the call is not forwarded.</returns>
    public async ValueTask<Objection?> AdmitProviderToolsAsync()
    {
        foreach (var tool in established.Request.Call.Tools)
        {
            if (tool.RunByProvider && await DecideAsync(Effect.Of(tool), [tool], established.Situation, coverage: null) is { } objection)
            {
                return objection;
            }
        }

        return null;
    }

    /// <summary>Decides a tool call of an answer.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="situation">What is known by now, the effect's arguments included.</param>
    /// <param name="coverage">What of the effect was screened.</param>
    /// <returns>Null when the effect may happen, or why not.</returns>
    public ValueTask<Objection?> AdmitAsync(Effect effect, Situation situation, Coverage coverage) =>
        DecideAsync(effect, effect.In(established.Request.Call.Tools), situation, coverage);

    private async ValueTask<Objection?> DecideAsync(
        Effect effect, ImmutableArray<ToolDefinition> definitions, Situation situation, Coverage? coverage)
    {
        var (filled, by) = release is null
            ? (Seats.None, default(HoldId?))
            : release.TakeForEffect(request.BindingOf(HoldKind.Effect, effect).RequestDigest);
        var draft = established.Draft(RecordKind.Effect, decision) with { Coverage = coverage };
        var decided = effects.Decide(effect, definitions, established.Request.Client, situation, draft, filled);
        var kept = decided.IsHeld ? effect.Kept() : effect;
        return await ObjectionTo(decided, new(HoldKind.Effect, decided) { Effect = kept, Insufficient = by }, records);
    }

    /// <summary>
    /// The objection of a decision, or null. A permit or a refusal is recorded first; a hold is recorded by the book of holds.
    /// </summary>
    internal static async ValueTask<Objection?> ObjectionTo(Decided decided, PendingHold pending, RecordLog records)
    {
        if (decided.IsHeld)
        {
            return new Objection.ToBeHeld(pending);
        }

        var record = await records.AppendAsync(decided.Draft);
        return decided.IsPermit ? null : new Objection.Refused(decided.Decision, record);
    }
}
