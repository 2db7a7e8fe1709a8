using System.Diagnostics;

namespace Holdpoint.Evidence.Verification;

/// <summary>The reason that evidence does not hold. Each has a stable code, never reused, that refusals and records carry.</summary>
public enum EvidenceCause
{
    /// <summary><c>evidence_malformed</c>: not an envelope or a statement in the form that is read here.</summary>
    Malformed,

    /// <summary><c>evidence_untrusted</c>: not signed, signed by no trusted key, or by a key that may not say this.</summary>
    Untrusted,

    /// <summary><c>evidence_expired</c>: the statement, or the trust in the key that signed it, has ended.</summary>
    Expired,

    /// <summary><c>evidence_not_yet_valid</c>: the statement begins to hold later.</summary>
    NotYetValid,

    /// <summary><c>evidence_revoked</c>: the issuer's party revoked the statement.</summary>
    Revoked,

    /// <summary><c>evidence_out_of_scope</c>: the statement says more than its issuer may, or is not for this call.</summary>
    OutOfScope,

    /// <summary><c>evidence_unknown</c>: nothing was posted under this id.</summary>
    Unknown,

    /// <summary><c>evidence_too_much</c>: more evidence than the gateway keeps, or than one call may name.</summary>
    TooMuch,
}

/// <summary>The stable codes.</summary>
public static class EvidenceCauseCode
{
    extension(EvidenceCause cause)
    {
        /// <summary>The code, such as <c>evidence_expired</c>.</summary>
        public string Code => cause switch
        {
            EvidenceCause.Malformed => "evidence_malformed",
            EvidenceCause.Untrusted => "evidence_untrusted",
            EvidenceCause.Expired => "evidence_expired",
            EvidenceCause.NotYetValid => "evidence_not_yet_valid",
            EvidenceCause.Revoked => "evidence_revoked",
            EvidenceCause.OutOfScope => "evidence_out_of_scope",
            EvidenceCause.Unknown => "evidence_unknown",
            EvidenceCause.TooMuch => "evidence_too_much",
            _ => throw new UnreachableException(),
        };
    }
}
