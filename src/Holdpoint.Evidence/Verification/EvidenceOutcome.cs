namespace Holdpoint.Evidence.Verification;

/// <summary>What came of verifying an envelope. Closed: every case is declared here.</summary>
public abstract record EvidenceOutcome
{
    private EvidenceOutcome()
    {
    }

    /// <summary>It is signed by an issuer that may say this, and holds at the time of verification.</summary>
    public sealed record Valid(VerifiedStatement Statement) : EvidenceOutcome;

    /// <summary>It does not hold.</summary>
    public sealed record Invalid(EvidenceFault Fault) : EvidenceOutcome;
}
