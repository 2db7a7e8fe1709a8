using Holdpoint.Evidence;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;

namespace Holdpoint.Gateway.Provenance;

/// <summary>The outcome of posting an envelope. Closed: every case is declared here.</summary>
internal abstract record IntakeOutcome
{
    private IntakeOutcome()
    {
    }

    /// <summary>It is durable, and calls can name it by this id (for a revocation: it is in force).</summary>
    /// <param name="Id">The digest of the posted bytes.</param>
    /// <param name="Predicate">What kind of statement it is.</param>
    /// <param name="Record">Index of the record of its being taken.</param>
    public sealed record Accepted(EvidenceId Id, PredicateType Predicate, long Record) : IntakeOutcome;

    /// <summary>It is not kept.</summary>
    public sealed record Refused(EvidenceFault Fault) : IntakeOutcome;
}
