using System.Collections.Immutable;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Telemetry;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Upstream.Resilience;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// Stage 7: sends a permitted call to the upstreams of its model, in order and at most a few rounds, until one answers (ADR 0150). Nothing
/// of an answer has been released then, and after it no other is tried. Thread-safe.
/// </summary>
internal sealed class Forwarding(RetryBudget budget, GatewayTelemetry telemetry, TimeProvider time)
{
    /// <summary>Sends the call on.</summary>
    /// <param name="request">The call, permitted for the provider of its first route.</param>
    /// <param name="routes">Where it can go, in order.</param>
    /// <param name="providers">What is decided for each provider; says afterwards for whom the outcome counts.</param>
    /// <param name="rule">When an upstream is asked again.</param>
    /// <param name="isApproved">
    /// Whether people approved the call: then a tool that the provider runs may run once, and a provider's word that it did not run is not
    /// a proof.
    /// </param>
    /// <param name="cancellationToken">The client left, or the call has taken too long.</param>
    public async ValueTask<ForwardOutcome> SendAsync(
        Request request, ImmutableArray<Route> routes, ByProvider providers, RetryRule rule, bool isApproved,
        CancellationToken cancellationToken)
    {
        var client = (request.Client.Deployment, request.Client.Principal);
        var sending = new UpstreamCall(request.Endpoint, request.Body, request.Call, request.Forwarded, client);
        var candidates = routes;
        (ForwardOutcome Outcome, Route Route)? told = null;
        using var share = budget.Begin();
        for (var round = 1; ; round++)
        {
            TimeSpan? wait = null;
            foreach (var route in candidates)
            {
                if (!await providers.EnterAsync(route))
                {
                    candidates = candidates.Remove(route);
                    continue;
                }

                var outcome = await ModelSpan.SendAsync(telemetry, route, sending, cancellationToken);
                var attempt = Attempt.Of(outcome, time.GetUtcNow());
                providers.WasSent |= attempt.Delivery != Delivery.Unsent;
                if (!MaySendAgain(attempt, request, isApproved))
                {
                    return outcome;
                }

                // Prefer what a provider answered over "no upstream was asked".
                if (told is null
                    || outcome is not ForwardOutcome.Failed { Fault.Cause: UpstreamFaults.FullCause or UpstreamFaults.SuspendedCause })
                {
                    told = (outcome, route);
                }

                if (attempt.WaitBefore(rule, round) is not { } after)
                {
                    candidates = candidates.Remove(route);
                }
                else if (wait is null || after < wait)
                {
                    wait = after;
                }
            }

            if (wait is null || !share.TryGoAgain())
            {
                await providers.EnterAsync(told!.Value.Route);
                return told.Value.Outcome;
            }

            await Task.Delay(wait.Value, time, cancellationToken);
        }
    }

    /// <summary>
    /// A model that is asked twice costs twice and does nothing: its answer takes effect here, once. But a tool that the provider runs may
    /// have done its work although no answer came.
    /// </summary>
    private static bool MaySendAgain(Attempt attempt, Request request, bool isApproved) => attempt.Delivery switch
    {
        Delivery.Unsent => true,
        Delivery.No => !isApproved || !request.HasProviderTools,
        Delivery.Unknown => !request.HasProviderTools,
        _ => false,
    };
}
