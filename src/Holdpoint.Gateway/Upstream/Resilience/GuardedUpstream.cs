using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Wire;
using Polly.CircuitBreaker;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>An upstream with its slots and its circuit: every kind of upstream is cared for in the same way. Thread-safe.</summary>
internal sealed class GuardedUpstream : ModelUpstream
{
    private readonly ModelUpstream _upstream;
    private readonly Slots _slots = new();
    private readonly Circuit _circuit;

    /// <param name="upstream">Where calls go; disposed with this.</param>
    /// <param name="settings">What it was made of.</param>
    /// <param name="rule">When it is left alone.</param>
    /// <param name="time">The clock of its circuit.</param>
    /// <param name="onChange">Told when its circuit changes.</param>
    public GuardedUpstream(ModelUpstream upstream, UpstreamSettings settings, CircuitRule rule, TimeProvider time, Action<string, CircuitState>? onChange = null)
        : base(upstream.Name, upstream.Models)
    {
        _upstream = upstream;
        _circuit = new Circuit(rule, time, state => onChange?.Invoke(Name, state));
        Settings = settings;
    }

    public UpstreamSettings Settings { get; }

    /// <summary>Closed: all is well. Open: it is left alone. Half open: one call tries it.</summary>
    public CircuitState State => _circuit.State;

    /// <summary>Calls and streams under way.</summary>
    public int UnderWay => _slots.InUse;

    public override bool Speaks(ApiFamily family) => _upstream.Speaks(family);

    public override async ValueTask<ForwardOutcome> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        if (_slots.TryTake(Settings.Connections) is not { } slot)
        {
            return new ForwardOutcome.Failed(UpstreamCause.IsFull, Delivery.No);
        }

        try
        {
            var outcome = await _circuit.SendAsync(_upstream, call, cancellationToken).ConfigureAwait(false);
            if (outcome is ForwardOutcome.Failed { Fault.Cause: UpstreamCause.Credentials, Delivery: Delivery.No } && _upstream.ReadKeyAgain())
            {
                // The key was changed where it is kept, and nobody had told us. The refused call was not taken.
                outcome = await _circuit.SendAsync(_upstream, call, cancellationToken).ConfigureAwait(false);
            }

            if (outcome is not ForwardOutcome.Answered answered || answered.Answer.Kind == AnswerKind.Error)
            {
                // An error is in memory already and occupies nobody.
                return outcome;
            }

            // The slot lives as long as the answer now.
            var slotted = new ForwardOutcome.Answered(new SlotAnswer(answered.Answer, slot));
            slot = null;
            return slotted;
        }
        finally
        {
            slot?.Dispose();
        }
    }

    public override ValueTask<ImmutableArray<string>> ListModelsAsync(CancellationToken cancellationToken) => _upstream.ListModelsAsync(cancellationToken);

    public override bool ReadKeyAgain() => _upstream.ReadKeyAgain();

    public override void Dispose() => _upstream.Dispose();
}
