using System.Collections.Concurrent;
using Holdpoint.Gateway.Settings;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>
/// The circuits of one upstream: one for each client, so that whoever sends what the provider fails at pauses nobody but himself; and one
/// for all, which opens when the calls of several clients fail (ADR 0223). A client that is served well is never paused because of others.
/// Thread-safe.
/// </summary>
internal sealed class Circuits
{
    /// <summary>Fewer clients that fail are not a reason to pause others.</summary>
    public const int LeastFailing = 2;

    /// <summary>
    /// The most clients that have a circuit of their own; all others share one. 1,024: more principals than call one model at once, in
    /// half a megabyte.
    /// </summary>
    private const int MostClients = 1024;

    private readonly ConcurrentDictionary<(string Deployment, string Principal), Circuit> _byClient = new();
    private readonly TimeProvider _time;
    private readonly Action<CircuitState>? _onChange;
    private readonly Circuit _others;
    private readonly Circuit _all;

    // Kept, because it is asked for at the end of each attempt.
    private readonly Func<CircuitRule, bool> _areSeveralFailing;
    private CircuitState _alone;

    // Counted separately: ConcurrentDictionary.Count takes all its locks.
    private int _clients;

    /// <param name="time">The clock of windows and pauses.</param>
    /// <param name="onChange">Told when the state that people see changes.</param>
    public Circuits(TimeProvider time, Action<CircuitState>? onChange = null)
    {
        (_time, _onChange, _others, _all) = (time, onChange, new(time), new(time, onChange));
        _areSeveralFailing = AreSeveralFailing;
    }

    /// <summary>The state that people see: that of all; of an upstream that one client alone calls, that client's.</summary>
    public CircuitState State => _all.State is not CircuitState.Closed and var state ? state
        : Volatile.Read(ref _clients) == 1 ? _byClient.First().Value.State
        : CircuitState.Closed;

    /// <summary>Begins an attempt; <see cref="End"/> or <see cref="Abandon"/> is called at its end.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="rule">When to pause, and for how long.</param>
    /// <param name="attempt">The attempt.</param>
    /// <returns>False while the client's attempts are paused, or everybody's.</returns>
    public bool TryBegin((string Deployment, string Principal) client, CircuitRule rule, out Begun attempt)
    {
        var own = Of(client);
        attempt = default;
        if (!own.TryBegin(rule, out var isOwnTrial))
        {
            return false;
        }

        var isTrial = false;
        if (!own.IsServed(rule) && !_all.TryBegin(rule, out isTrial))
        {
            own.Abandon(isOwnTrial);
            return false;
        }

        attempt = new(own, isOwnTrial, isTrial);
        if (isOwnTrial)
        {
            TellAlone(own);
        }

        return true;
    }

    /// <summary>Ends an attempt that says something about the upstream, or about what the client sends it.</summary>
    /// <param name="rule">As at its beginning.</param>
    /// <param name="attempt">As at its beginning.</param>
    /// <param name="outcome">What came of it.</param>
    public void End(CircuitRule rule, in Begun attempt, ForwardOutcome outcome)
    {
        attempt.Own.End(rule, attempt.IsOwnTrial, outcome);
        _all.End(rule, attempt.IsTrial, outcome, _areSeveralFailing);
        TellAlone(attempt.Own);
    }

    /// <summary>Ends an attempt whose client left before the upstream answered.</summary>
    public void Abandon(in Begun attempt)
    {
        attempt.Own.Abandon(attempt.IsOwnTrial);
        _all.Abandon(attempt.IsTrial);
    }

    private bool AreSeveralFailing(CircuitRule rule)
    {
        var (failing, active) = (0, 0);
        foreach (var (_, circuit) in _byClient)
        {
            switch (circuit.HealthOf(rule))
            {
                case true:
                    active++;
                    break;
                case false:
                    active++;
                    failing++;
                    break;
                default:
                    break;
            }
        }

        return failing >= LeastFailing && 2 * failing >= active;
    }

    private Circuit Of((string Deployment, string Principal) client) =>
        _byClient.TryGetValue(client, out var known) ? known
        : Volatile.Read(ref _clients) >= MostClients ? _others
        : Add(client);

    private Circuit Add((string Deployment, string Principal) client)
    {
        var circuit = new Circuit(_time);
        if (!_byClient.TryAdd(client, circuit))
        {
            return _byClient[client];
        }

        Interlocked.Increment(ref _clients);
        return circuit;
    }

    // With one client, what becomes of that client's circuit is what becomes of the upstream.
    private void TellAlone(Circuit own)
    {
        if (_onChange is null || Volatile.Read(ref _clients) != 1)
        {
            return;
        }

        var state = own.State;
        if (Interlocked.Exchange(ref _alone, state) != state)
        {
            _onChange(state);
        }
    }

    /// <summary>An attempt that has begun.</summary>
    internal readonly record struct Begun(Circuit Own, bool IsOwnTrial, bool IsTrial);
}
