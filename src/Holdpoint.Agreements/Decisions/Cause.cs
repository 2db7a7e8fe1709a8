namespace Holdpoint.Agreements;

/// <summary>The reason for a refusal, as a stable code that programs may match on. Codes are never reused for another meaning.</summary>
/// <param name="Code">Lower-case words joined by underscores; null only in <c>default</c>.</param>
public readonly record struct Cause(string Code)
{
    /// <summary>A clause or red line forbids the request.</summary>
    public static Cause Forbidden { get; } = new("forbidden");

    /// <summary>No clause permits the request.</summary>
    public static Cause NotPermitted { get; } = new("not_permitted");

    /// <summary>A clause that forbids could not be evaluated, so it counts as forbidding.</summary>
    public static Cause ClauseError { get; } = new("clause_error");

    /// <summary>The deployment, provider or model is not one that the agreement lists.</summary>
    public static Cause NotInAgreement { get; } = new("not_in_agreement");

    /// <summary>The situation names an issuer or a value that this agreement does not know, so it cannot be decided on.</summary>
    public static Cause SituationInvalid { get; } = new("situation_invalid");

    /// <inheritdoc/>
    public override string ToString() => Code ?? "(no cause)";
}
