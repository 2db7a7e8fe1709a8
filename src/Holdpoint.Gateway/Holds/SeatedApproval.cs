using Holdpoint.Agreements;
using Holdpoint.Evidence;

namespace Holdpoint.Gateway.Holds;

/// <summary>An approval that filled a seat. Whether it still holds is asked anew each time, for keys expire and are revoked.</summary>
/// <param name="Id">The id of its envelope.</param>
/// <param name="Person">Who gave it.</param>
/// <param name="Seat">The seat that it filled.</param>
/// <param name="Envelope">The DSSE envelope as it was posted.</param>
internal sealed record SeatedApproval(EvidenceId Id, string Person, Seat Seat, byte[] Envelope);
