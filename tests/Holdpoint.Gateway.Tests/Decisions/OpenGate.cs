using Holdpoint.Agreements;
using Holdpoint.Gateway.Activation;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>A gate for tests of what comes after it: no solver is asked.</summary>
internal static class OpenGate
{
    public static Task<ActivationRuling> RuleAsync(Agreement agreement, string folder, CancellationToken cancellationToken) =>
        Task.FromResult<ActivationRuling>(new ActivationRuling.Admitted(["T1"], ["z3"], Proof: null));
}
