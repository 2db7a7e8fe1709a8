using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Screening;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The way of a call: nine stages, top to bottom, the same for every wire format. A stage that fails, times out or is cancelled ends in
/// <see cref="Boundary"/>, as a refusal; nothing else turns an error into an answer. Thread-safe: a call is values that flow from stage to
/// stage.
/// </summary>
internal sealed partial class CallPath(
    Boundary boundary,
    ActiveConfigurations configurations,
    CallSlots slots,
    Forwarding forwarding,
    HoldBook holds,
    ReceivedValues received,
    RecordLog records,
    TimeProvider time)
{
    /// <summary>The way of the calls to one endpoint.</summary>
    /// <param name="endpoint">The wire format's endpoint.</param>
    public RequestDelegate At(string endpoint)
    {
        var surface = Surface.Of(endpoint);
        Func<Exchange, CancellationToken, ValueTask<Ending>> serve = ServeAsync;
        return http => boundary.HandleAsync(http, surface, serve);
    }

    /// <summary>
    /// Takes a call through its stages once; and, for a client that waits while people decide, again under each hold that they approve.
    /// </summary>
    private async ValueTask<Ending> ServeAsync(Exchange exchange, CancellationToken gone)
    {
        using var slot = slots.TryTake(exchange.Load, exchange.Active.Limits, out var full);
        if (slot is null)
        {
            return full!;
        }

        using var reader = new RequestReader(exchange, time);
        HoldId? approved = null;
        while (true)
        {
            (exchange.Decision, exchange.Screened) = (null, null);
            var ending = await RunAsync(exchange, reader, approved, gone);
            if (ending is not Ending.Held { Hold: var held } || exchange.Read!.WaitsUntil is not { } until)
            {
                return ending;
            }

            var waited = await holds.WaitAsync(held, exchange.Active.Bundle, until, () => Reply.BeatAsync(exchange), gone);
            if (waited is not HoldOutcome.Free)
            {
                return Ending.Of(waited);
            }

            // Approved, but the configuration was reloaded meanwhile, and so may be what counts: the client comes again under the new one.
            if (!ReferenceEquals(configurations.Current, exchange.Active))
            {
                return ending;
            }

            approved = held.Hold.Id;
        }
    }

    private async ValueTask<Ending> RunAsync(Exchange exchange, RequestReader reader, HoldId? approved, CancellationToken gone)
    {
        // 1. Identify. The boundary knows the client by its key; the key must also have the right to call.
        if (!exchange.Client.May(Rights.Call))
        {
            return RightsFaults.Call;
        }

        // 2. Read. What was not read is not sent.
        var (read, unread) = await reader.ReadAsync(gone);
        if (read is null)
        {
            return unread!;
        }

        var active = exchange.Active;
        if (read.Request.Call.OpaqueValues is { IsEmpty: false } sealedValues
            && await received.FirstUnknownAsync(exchange.Client.Deployment, sealedValues, gone) is { } unknown)
        {
            return DecisionFaults.UnknownValue(unknown.Path);
        }

        // 3. Establish the situation: claims, verified evidence, provenance of each stretch, signals; and what people have approved.
        var request = read.Request;
        var (provider, model) = exchange.Established is { } before
            ? (before.Subject.Provider, before.Model)
            : (read.Routes[0].Provider, read.Routes[0].Model);
        var (established, unestablished) = active.Establishing.Establish(request, provider, model);
        exchange.EndTurn();
        if (established is null)
        {
            return unestablished!;
        }

        exchange.Established = established;
        var opening = established.Opening();
        var holdable = new HoldRequest(request, read.Routes[0], active.Bundle, isNotified: active.Settings.Webhook is not null);
        var met = await holds.MeetAsync(holdable, approved ?? read.Hold, opening, gone);
        if (met is HoldOutcome.Held or HoldOutcome.Faulted)
        {
            return Ending.Of(met);
        }

        // 4 and 5. Reserve exposure, decide: where an answer was kept, for the provider that gave it. However the call ends, approvals that
        // brought nothing are given back.
        await using var release = exchange.Release = (met as HoldOutcome.Approved)?.Release;
        if (release?.Answer?.Head.From is { } from && (from.Provider, from.Model) != (provider, model))
        {
            exchange.Established = established = established.For(from.Provider, from.Model);
            opening = established.Opening();
        }

        var isRunUnseen = request.HasProviderTools && release is { Answer: null };
        var decided = active.Deciding.Decide(opening, established.Subject, established.Situation, release?.ForCall);
        if (decided.IsHeld)
        {
            return Ending.Of(await holds.OpenAsync(holdable, new(HoldKind.Call, decided), release));
        }

        // 6. Record. A release is claimed with its record, before anything else happens under it: of two that race, one goes on.
        if (!decided.IsPermit)
        {
            return new Ending.Refused(decided.Decision, await records.AppendAsync(decided.Draft));
        }

        var (recording, lost) = release is null
            ? (records.AppendAsync(decided.Draft), null)
            : await ClaimAsync(release, decided.Draft, isRunUnseen);
        if (lost is not null)
        {
            return lost;
        }

        var providers = new ByProvider(active.Deciding, active.Effects, records, established, read.Routes[0], recording);
        using var limit = new Deadline(active.Limits.Total, gone);
        using var content = exchange.NewShare();
        try
        {
            // 7. Forward. The upstream starts while the record is being written (ADR 0080); nothing is released before it is durable. What
            //    people approved is the answer that was kept: no model is asked for another. Tools that the provider runs come first, and
            //    once the call is on its way, they may have run.
            var stop = await AdmitProviderToolsAsync(exchange, providers, holdable, release);
            if (stop is not null)
            {
                return await StopAsync(stop, holdable, release);
            }

            release?.MayHaveHappened = isRunUnseen;
            var forwarded = release?.Answer is { } kept
                ? Replay(kept, content)
                : await ForwardAsync(exchange, read, providers, isApproved: release is not null, limit);
            var decision = await NoteDecisionAsync(exchange, providers);
            if (forwarded is ForwardOutcome.Failed failed)
            {
                release?.MayHaveHappened = isRunUnseen && providers.WasSent;
                return await StopAsync(new(failed.Fault), holdable, release);
            }

            // 8. Screen the answer as it is released.
            await using var answer = ((ForwardOutcome.Answered)forwarded).Answer;
            var gate = GateOf(active, providers, holdable, release, decision);
            exchange.Screened = gate.Findings.Coverage;
            var giver = release?.Answer?.Head.From ?? KeptRoute.Of(providers.Route);
            stop = await new Relaying(exchange, request.Call, answer, gate, giver, release, decision, content).RelayAsync(gone);

            // 9. Settle. The boundary records the outcome, or tells the client why there is none.
            return stop is null
                ? new Ending.Answered(answer.Status, gate.Findings.Coverage())
                : await StopAsync(stop, holdable, release, isAnswered: true);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            return await StopAsync(new(UpstreamFaults.TimedOut), holdable, release);
        }
    }

    private async Task<(Task<long> Recording, Fault? Lost)> ClaimAsync(
        HoldRelease release, RecordDraft decision, bool isRunUnseen)
    {
        var (record, lost) = await holds.ClaimAsync(release, decision, isRunUnseen);
        return (Task.FromResult(record), lost);
    }

    private AnswerGate GateOf(ActiveConfiguration active, ByProvider providers, HoldRequest holdable, HoldRelease? release, long decision)
    {
        var effects = EffectsOf(active, providers.Established, holdable, release, decision);
        return new(active.Deciding, effects, active.AnswerDetectors.Current, received, records, providers.Established, release, decision);
    }

    private EffectGate EffectsOf(
        ActiveConfiguration active, Established established, HoldRequest holdable, HoldRelease? release, long decision) =>
        new(active.Effects, records, established, holdable, release, decision);

    /// <summary>Notes that the request was decided: from now on its end is an outcome of that decision.</summary>
    private static async ValueTask<long> NoteDecisionAsync(Exchange exchange, ByProvider providers)
    {
        var decision = await providers.Decision;
        (exchange.Established, exchange.Decision) = (providers.Established, decision);
        return decision;
    }

    /// <summary>Ends a call whose answer may not be released, or that may not be sent at all.</summary>
    private async Task<Ending> StopAsync(Stop stop, HoldRequest holdable, HoldRelease? release, bool isAnswered = false)
    {
        switch (stop.Objection)
        {
            case Objection.ToBeHeld(var pending):
                var outcome = await holds.OpenAsync(holdable, pending, release, stop.Kept);
                release?.Cause = (outcome as HoldOutcome.Faulted)?.Fault.Cause;
                return Ending.Of(outcome);
            case Objection.Refused(var decision, var record):
                // The model was asked under the approvals, so they are used up although its answer is refused.
                if (isAnswered && release is { Answer: null })
                {
                    await release.UseAsync();
                }

                return new Ending.Refused(decision, record);
            case Objection.Faulted(var fault):
                release?.Cause = fault.Cause;
                return fault;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
