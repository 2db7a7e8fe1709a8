namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>
/// The state of a provider's server, whatever the configuration says about it now: the calls under way there and whether it works.
/// Shared by the <see cref="GuardedUpstream"/>s of successive configurations, so a reload forgets neither (ADR 0155). Thread-safe.
/// </summary>
/// <param name="name">The upstream's name in the configuration.</param>
/// <param name="time">The clock of the circuits.</param>
/// <param name="onChange">Told when the state that people see changes.</param>
internal sealed class UpstreamState(string name, TimeProvider time, Action<string, CircuitState>? onChange = null)
{
    public Slots Slots { get; } = new();

    public Circuits Circuits { get; } = new(time, state => onChange?.Invoke(name, state));
}
