using Holdpoint.Gateway.Telemetry;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Upstream.Resilience;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// Stage 7: sends a permitted call to the upstreams of its model, in order and at most a few rounds, until one answers (ADR 0150). Nothing
/// of an answer has been released then, and after it no other is tried. Thread-safe: all state of a call is in its <see cref="CallInProgress"/>.
/// </summary>
internal sealed class Forwarding(RetryBudget budget, GatewayTelemetry telemetry, TimeProvider time)
{
    /// <summary>Sends the call on. <see cref="CallInProgress.Route"/> says afterwards who answered.</summary>
    /// <param name="call">The call, permitted for the provider of its first route.</param>
    /// <param name="recording">Completes when the record of that is durable and <see cref="CallInProgress.Decided"/> names it.</param>
    /// <param name="cancellationToken">The client left, or the call has taken too long.</param>
    public async Task<ForwardOutcome> SendAsync(CallInProgress call, Task recording, CancellationToken cancellationToken)
    {
        var sending = new UpstreamCall(call.Wire.Endpoint, call.Body!.Bytes, call.Call!, call.Forwarded);
        var rule = call.Active.Limits.Retry;
        var candidates = call.Routes.ToList();
        var standings = new Standings(call, recording);
        (ForwardOutcome Outcome, Route Route)? told = null;
        using var share = budget.Begin();
        for (var round = 1; ; round++)
        {
            TimeSpan? wait = null;
            foreach (var route in candidates.ToArray())
            {
                if (!await standings.EnterAsync(route))
                {
                    candidates.Remove(route);
                    continue;
                }

                var outcome = await ModelSpan.SendAsync(telemetry, call, route, sending, cancellationToken);
                var attempt = Attempt.Of(outcome, time.GetUtcNow());
                if (!MaySendAgain(attempt, call))
                {
                    return outcome;
                }

                // That nobody was asked says less than what somebody answered.
                if (told is null || outcome is not ForwardOutcome.Failed { Fault.Cause: UpstreamFaults.FullCause or UpstreamFaults.SuspendedCause })
                {
                    told = (outcome, route);
                }

                if (attempt.WaitBefore(rule, round) is not { } after)
                {
                    candidates.Remove(route);
                }
                else if (wait is null || after < wait)
                {
                    wait = after;
                }
            }

            if (wait is null || !share.TryGoAgain())
            {
                await standings.EnterAsync(told!.Value.Route);
                return told.Value.Outcome;
            }

            await Task.Delay(wait.Value, time, cancellationToken);
        }
    }

    /// <summary>
    /// A model that is asked twice costs twice and does nothing: its answer takes effect here, once. But a tool that the provider runs may
    /// have done its work although no answer came.
    /// </summary>
    private static bool MaySendAgain(Attempt attempt, CallInProgress call) => attempt.Delivery switch
    {
        Delivery.No => true,
        Delivery.Unknown => !call.Call!.Tools.Any(tool => tool.RunByProvider),
        _ => false,
    };
}
