using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>
/// An upstream as one configuration describes it, guarded by slots and a circuit that outlive that configuration. Thread-safe.
/// </summary>
/// <param name="upstream">Where calls go; disposed with this.</param>
/// <param name="settings">The configuration's entry for it.</param>
/// <param name="rule">When calls to it are paused.</param>
/// <param name="state">Its slots and its circuit, shared with the configurations before and after.</param>
internal sealed class GuardedUpstream(ModelUpstream upstream, UpstreamSettings settings, CircuitRule rule, UpstreamState state)
    : ModelUpstream(upstream.Name, upstream.Models)
{
    public UpstreamSettings Settings => settings;

    public UpstreamState Shared => state;

    /// <summary>The connections that calls go over; null for an upstream without a network.</summary>
    public HttpConnections? Connections => (upstream as HttpUpstream)?.Connections;

    public CircuitState State => state.Circuits.State;

    /// <summary>Calls and streams under way, those of earlier configurations included.</summary>
    public int UnderWay => state.Slots.InUse;

    public override bool Speaks(ApiFamily family) => upstream.Speaks(family);

    public override async ValueTask<ForwardOutcome> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        if (state.Slots.TryTake(settings.Connections) is not { } slot)
        {
            return new ForwardOutcome.Failed(UpstreamFaults.Full, Delivery.Unsent);
        }

        var isAgain = false;
        try
        {
            ForwardOutcome outcome;
            do
            {
                if (!state.Circuits.TryBegin(call.Client, rule, out var attempt))
                {
                    return new ForwardOutcome.Failed(UpstreamFaults.Suspended(rule.Break), isAgain ? Delivery.No : Delivery.Unsent);
                }

                try
                {
                    outcome = await upstream.SendAsync(call, cancellationToken).ConfigureAwait(false);
                }
                catch
                {
                    state.Circuits.Abandon(attempt);
                    throw;
                }

                state.Circuits.End(rule, attempt, outcome);
            }
            while (!isAgain && (isAgain = IsForAnotherKey(outcome)));

            // With the first key it was sent, whatever became of it with the second.
            if (isAgain && outcome is ForwardOutcome.Failed { Delivery: Delivery.Unsent } unconnected)
            {
                outcome = unconnected with { Delivery = Delivery.No };
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

    public override ValueTask<ImmutableArray<string>> ListModelsAsync(CancellationToken cancellationToken) =>
        upstream.ListModelsAsync(cancellationToken);

    public override string? Key => upstream.Key;

    public override bool ReadKeyAgain() => upstream.ReadKeyAgain();

    public override void Dispose() => upstream.Dispose();

    /// <summary>
    /// Whether the key was changed in its file or variable since it was read, so that the refused call, which was not taken, is sent again.
    /// </summary>
    private bool IsForAnotherKey(ForwardOutcome outcome) =>
        outcome is ForwardOutcome.Failed
        {
            Fault.Cause: UpstreamFaults.CredentialsCause or WireCause.UpstreamForbidden,
            Delivery: Delivery.No,
        }
        && upstream.ReadKeyAgain();
}
