namespace Holdpoint.Evidence.Verification;

/// <summary>The outcome of verifying an envelope. Closed: every case is declared here.</summary>
public abstract record EvidenceOutcome
{
    private EvidenceOutcome()
    {
    }

    /// <summary>
    /// An issuer that may say this signed the envelope; from <see cref="EvidenceVerifier.Verify"/>, the statement also holds then.
    /// </summary>
    public sealed record Valid(VerifiedStatement Statement) : EvidenceOutcome;

    /// <summary>The evidence does not hold.</summary>
    public sealed record Invalid(EvidenceFault Fault) : EvidenceOutcome;
}
