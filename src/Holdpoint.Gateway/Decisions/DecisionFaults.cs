using Holdpoint.Evidence.Verification;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>The faults for which a request's situation cannot be established: something that it says or names does not hold.</summary>
internal static class DecisionFaults
{
    public const string InvalidClaimsCause = "invalid_claims";
    public const string UnknownValueCause = "opaque_value_unknown";

    public static Fault AuthorityTooNarrow { get; } = Fault.Forbidden(
        EvidenceCause.OutOfScope.Code,
        "The authority does not cover all the attested content of this call; its selectors name what it covers.");

    /// <summary>A value that only the provider can read, and that came from nowhere that the gateway knows.</summary>
    /// <param name="path">RFC 6901 JSON Pointer to the value.</param>
    public static Fault UnknownValue(string path) => new(
        HttpStatus.BadRequest,
        UnknownValueCause,
        path,
        $"{path} can be read by the provider alone, and this deployment did not receive it through this gateway in the last "
        + $"{Provenance.ReceivedValues.Days} days; leave it out.");

    public static Fault InvalidClaims(string message) => Fault.BadRequest(InvalidClaimsCause, message);

    /// <summary>The fault of evidence that a request names and that does not hold.</summary>
    public static Fault OfNamed(EvidenceFault fault) => Fault.Forbidden(fault.Cause.Code, fault.Message);

    /// <summary>The fault of a posted envelope: 400 where it cannot be read, 403 where it does not count.</summary>
    public static Fault OfPosted(EvidenceFault fault) => fault.Cause == EvidenceCause.Malformed
        ? Fault.BadRequest(fault.Cause.Code, fault.Message)
        : Fault.Forbidden(fault.Cause.Code, fault.Message);
}
