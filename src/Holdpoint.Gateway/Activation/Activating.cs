using Holdpoint.Agreements;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Settings;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Activation;

/// <summary>Puts the gate in front of every agreement that is to take effect. Thread-safe as the gate is.</summary>
internal sealed class Activating(ActivationGate gate)
{
    /// <exception cref="GatewayStartException">The gate refuses it; the message says why.</exception>
    public async Task<ActivationRuling.Admitted> AdmitAsync(Agreement agreement, string folder, CancellationToken cancellationToken)
    {
        ActivationRuling ruling;
        try
        {
            ruling = await gate(agreement, folder, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A gate that breaks has admitted nothing. Its message can quote what it read, so the type has to do.
            ruling = new ActivationRuling.Refused([$"  its proof could not be looked at ({e.GetType().Name})"]);
        }

        return ruling switch
        {
            ActivationRuling.Admitted admitted => admitted,
            ActivationRuling.Refused(var reasons) => throw new GatewayStartException(
                string.Join('\n', reasons.Prepend($"the agreement {agreement.Name} does not take effect:"))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The record of an activation: which bundle, what is proved of it, and by whom.</summary>
    public static RecordDraft RecordOf(ActivationRuling.Admitted admitted, Hash bundle) => new()
    {
        Kind = RecordKind.Activation,
        Bundle = bundle,
        Theorems = admitted.Theorems,
        Solvers = admitted.Solvers,
        Evidence = admitted.Proof is { } proof ? [proof.ToString()] : [],
    };
}
