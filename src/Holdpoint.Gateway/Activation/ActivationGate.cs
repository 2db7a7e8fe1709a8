using Holdpoint.Agreements;

namespace Holdpoint.Gateway.Activation;

/// <summary>
/// Rules whether an agreement may take effect, at a start and at a reload. Handed to the gateway by the executable, because the gateway
/// itself knows no solver and needs none while it serves.
/// </summary>
/// <param name="agreement">The agreement as it was loaded.</param>
/// <param name="folder">Where it was loaded from; proofs that travel with it lie in its <c>proofs/</c>.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
/// <returns>The ruling. An exception refuses as well.</returns>
public delegate Task<ActivationRuling> ActivationGate(Agreement agreement, string folder, CancellationToken cancellationToken);
