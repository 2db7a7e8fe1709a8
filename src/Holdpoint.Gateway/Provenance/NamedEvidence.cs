using System.Collections.Immutable;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Verification;

namespace Holdpoint.Gateway.Provenance;

/// <summary>The evidence that one call names, resolved.</summary>
/// <param name="Datasets">Distinct <c>dataset-provenance/v1</c> statements. They say nothing yet about the call's content.</param>
/// <param name="Authority">
/// The <c>authority/v1</c> statement; null when none was named. Whether it covers the content is not known yet.
/// </param>
/// <param name="Fault">Why the call is refused, whatever else would have permitted it; null when everything named holds.</param>
internal sealed record NamedEvidence(
    ImmutableArray<VerifiedStatement> Datasets, VerifiedStatement? Authority, EvidenceFault? Fault)
{
    /// <summary>The call names no evidence.</summary>
    public static NamedEvidence None { get; } = new([], null, null);

    public static NamedEvidence Failed(EvidenceId id, EvidenceFault fault) =>
        new([], null, fault with { Message = $"Evidence {id}: {fault.Message}" });
}
