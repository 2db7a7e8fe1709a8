using Holdpoint.Gateway.Settings;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>
/// A circuit breaker: it pauses calls that mostly fail, and after the pause lets one call at a time find out whether the
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

    /// <summary>Begins an attempt; <see cref="End"/> or, where it showed nothing, <see cref="Abandon"/> is called at its end.</summary>
    /// <param name="rule">When to pause, and for how long.</param>
    /// <param name="isTrial">Whether it is the one attempt that finds out whether the upstream works again.</param>
    /// <returns>False while attempts are paused.</returns>
    public bool TryBegin(CircuitRule rule, out bool isTrial)
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

    /// <summary>Ends an attempt that says something about the upstream.</summary>
    /// <param name="rule">As at its beginning.</param>
    /// <param name="isTrial">As at its beginning.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="mayOpen">Whether it may open, or open again, asked only when it would; null for always.</param>
    public void End(CircuitRule rule, bool isTrial, ForwardOutcome outcome, Func<CircuitRule, bool>? mayOpen = null)
    {
        CircuitState next;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var isSick = Attempt.Of(outcome, now).IsSick;
            next = _state switch
            {
                CircuitState.Closed => StateAfter(rule, isSick, now, mayOpen),

                // It began before the pause, so it says nothing about the upstream's health after it.
                _ when !isTrial => _state,
                _ => isSick && mayOpen?.Invoke(rule) != false ? CircuitState.Open : CircuitState.Closed,
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

    /// <summary>
    /// Whether the attempts that count now are mostly well; null where there are none, as long after a pause that nobody has
    /// tried to end.
    /// </summary>
    public bool? HealthOf(CircuitRule rule)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            return _state == CircuitState.Closed ? _recent.AreWell(now, rule.Window, rule.Ratio)
                : now < _nextTrial + rule.Window ? false
                : null;
        }
    }

    /// <summary>Whether there are attempts that count now, and they are mostly well.</summary>
    public bool IsServed(CircuitRule rule) => HealthOf(rule) == true;

    private CircuitState StateAfter(CircuitRule rule, bool isSick, DateTimeOffset now, Func<CircuitRule, bool>? mayOpen)
    {
        _recent.Add(isSick, now, rule.Window);
        return isSick && _recent.AreMostlySick(rule.LeastAttempts, rule.Ratio) && mayOpen?.Invoke(rule) != false
            ? CircuitState.Open
            : CircuitState.Closed;
    }

    /// <summary>
    /// Ends an attempt whose client left before the upstream answered: it says nothing about the upstream, and where it was the trial, the
    /// next call tries the upstream instead.
    /// </summary>
    public void Abandon(bool isTrial)
    {
        if (!isTrial)
        {
            return;
        }

        lock (_lock)
        {
            if (_state == CircuitState.HalfOpen)
            {
                _nextTrial = time.GetUtcNow();
            }
        }
    }
}
