using Holdpoint.Gateway.Settings;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>
/// A circuit breaker: it pauses calls to an upstream that mostly fails, and after the pause lets one call at a time find out whether the
/// upstream works again. Each call brings the rule of its own configuration, so what was counted, and a pause that has begun, outlive a
/// change of the rule (ADR 0155). Thread-safe.
/// </summary>
/// <param name="time">The clock of window and pause.</param>
/// <param name="onChange">Told when the state changes. Called outside the lock, so two changes at once can be told in either order.</param>
internal sealed class Circuit(TimeProvider time, Action<CircuitState>? onChange = null)
{
    private readonly Lock _lock = new();
    private readonly RecentAttempts _recent = new();
    private CircuitState _state;

    // While the circuit is not closed: when the next call may try the upstream.
    private DateTimeOffset _nextTrial;

    public CircuitState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Sends a call, or says at once that calls to the upstream are paused.</summary>
    /// <param name="upstream">Where the call goes.</param>
    /// <param name="call">The call.</param>
    /// <param name="rule">When to pause, and for how long.</param>
    /// <param name="cancellationToken">The client left.</param>
    /// <exception cref="OperationCanceledException">
    /// Only when <paramref name="cancellationToken"/> asked for it; it says nothing about the upstream.
    /// </exception>
    public async ValueTask<ForwardOutcome> SendAsync(
        ModelUpstream upstream, UpstreamCall call, CircuitRule rule, CancellationToken cancellationToken)
    {
        if (!TryBegin(rule, out var isTrial))
        {
            return new ForwardOutcome.Failed(UpstreamFaults.Suspended(rule.Break), Delivery.No);
        }

        var isJudged = false;
        try
        {
            var outcome = await upstream.SendAsync(call, cancellationToken).ConfigureAwait(false);
            End(rule, isTrial, Attempt.Of(outcome, time.GetUtcNow()).IsSick);
            isJudged = true;
            return outcome;
        }
        finally
        {
            if (isTrial && !isJudged)
            {
                Abandon();
            }
        }
    }

    private bool TryBegin(CircuitRule rule, out bool isTrial)
    {
        lock (_lock)
        {
            if (_state == CircuitState.Closed)
            {
                isTrial = false;
                return true;
            }

            var now = time.GetUtcNow();
            isTrial = now >= _nextTrial;
            if (!isTrial)
            {
                return false;
            }

            // A trial that never ends must not be the last one.
            _nextTrial = now + rule.Break;
            if (_state == CircuitState.HalfOpen)
            {
                return true;
            }

            _state = CircuitState.HalfOpen;
        }

        onChange?.Invoke(CircuitState.HalfOpen);
        return true;
    }

    private void End(CircuitRule rule, bool isTrial, bool isSick)
    {
        CircuitState next;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            next = _state switch
            {
                CircuitState.Closed => StateAfter(rule, isSick, now),

                // It began before the pause, so it says nothing about the upstream's health after it.
                _ when !isTrial => _state,
                _ => isSick ? CircuitState.Open : CircuitState.Closed,
            };
            if (next == _state)
            {
                return;
            }

            _state = next;
            _nextTrial = now + rule.Break;
            _recent.Clear();
        }

        onChange?.Invoke(next);
    }

    private CircuitState StateAfter(CircuitRule rule, bool isSick, DateTimeOffset now)
    {
        _recent.Add(isSick, now, rule.Window);
        return isSick && _recent.AreMostlySick(rule.LeastAttempts, rule.Ratio) ? CircuitState.Open : CircuitState.Closed;
    }

    /// <summary>The trial's client left before the upstream answered, so the next call tries it instead.</summary>
    private void Abandon()
    {
        lock (_lock)
        {
            if (_state == CircuitState.HalfOpen)
            {
                _nextTrial = time.GetUtcNow();
            }
        }
    }
}
