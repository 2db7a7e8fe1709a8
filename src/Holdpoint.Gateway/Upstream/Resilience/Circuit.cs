using System.Diagnostics;
using Holdpoint.Gateway.Settings;
using Polly;
using Polly.CircuitBreaker;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>Leaves an upstream alone that mostly fails, and lets one call at a time find out when it is well again. Thread-safe.</summary>
internal sealed class Circuit
{
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<ForwardOutcome> _breaker;
    private readonly CircuitRule _rule;

    /// <param name="rule">When to break.</param>
    /// <param name="time">The clock of window and break.</param>
    /// <param name="onChange">Told when the state changes.</param>
    public Circuit(CircuitRule rule, TimeProvider time, Action<CircuitState>? onChange = null)
    {
        _rule = rule;
        _breaker = new ResiliencePipelineBuilder<ForwardOutcome> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ForwardOutcome>
            {
                FailureRatio = rule.Ratio,
                MinimumThroughput = rule.LeastAttempts,
                SamplingDuration = rule.Window,
                BreakDuration = rule.Break,
                StateProvider = _state,
                ShouldHandle = sent => new(sent.Outcome.Result is { } outcome && Attempt.Of(outcome, time.GetUtcNow()).IsSick),
                OnOpened = _ => Told(CircuitState.Open),
                OnHalfOpened = _ => Told(CircuitState.HalfOpen),
                OnClosed = _ => Told(CircuitState.Closed),
            })
            .Build();

        ValueTask Told(CircuitState state)
        {
            onChange?.Invoke(state);
            return default;
        }
    }

    public CircuitState State => _state.CircuitState;

    /// <summary>Sends a call, or says at once that the upstream is left alone.</summary>
    /// <exception cref="OperationCanceledException">Only when <paramref name="cancellationToken"/> asked for it; it says nothing about the upstream.</exception>
    public async ValueTask<ForwardOutcome> SendAsync(ModelUpstream upstream, UpstreamCall call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            var sent = await _breaker.ExecuteOutcomeAsync(SendAsync, context, (upstream, call)).ConfigureAwait(false);
            if (sent.Exception is BrokenCircuitException)
            {
                return new ForwardOutcome.Failed(UpstreamCause.IsSuspended(_rule.Break), Delivery.No);
            }

            sent.ThrowIfException();
            return sent.Result ?? throw new UnreachableException();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async ValueTask<Outcome<ForwardOutcome>> SendAsync(ResilienceContext context, (ModelUpstream Upstream, UpstreamCall Call) sending)
    {
        try
        {
            return Outcome.FromResult(await sending.Upstream.SendAsync(sending.Call, context.CancellationToken).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Polly's contract: a callback returns what was thrown. It is thrown again outside.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Outcome.FromException<ForwardOutcome>(e);
        }
    }
}
