using Holdpoint.Evidence.Verification;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>The faults for which a request's situation cannot be established: something that it says or names does not hold.</summary>
internal static class DecisionFaults
{
    public const string InvalidClaimsCause = "invalid_claims";

    public static Fault AuthorityTooNarrow { get; } = Fault.Forbidden(
        EvidenceCause.OutOfScope.Code,
        "The authority does not cover all the attested content of this call; its selectors name what it covers.");

    public static Fault InvalidClaims(string message) => Fault.BadRequest(InvalidClaimsCause, message);

    /// <summary>The fault of evidence that a request names and that does not hold.</summary>
    public static Fault OfNamed(EvidenceFault fault) => Fault.Forbidden(fault.Cause.Code, fault.Message);

    /// <summary>The fault of a posted envelope: 400 where it cannot be read, 403 where it does not count.</summary>
    public static Fault OfPosted(EvidenceFault fault) => fault.Cause == EvidenceCause.Malformed
        ? Fault.BadRequest(fault.Cause.Code, fault.Message)
        : Fault.Forbidden(fault.Cause.Code, fault.Message);
}
