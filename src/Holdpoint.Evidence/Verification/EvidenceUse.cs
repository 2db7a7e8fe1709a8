namespace Holdpoint.Evidence.Verification;

/// <summary>Who relies on evidence: what its scope is compared with.</summary>
/// <param name="Agreement">The name of the agreement that the call is decided under.</param>
/// <param name="Deployment">The deployment that calls.</param>
/// <param name="Principal">The person or service in it that calls.</param>
public sealed record EvidenceUse(string Agreement, string Deployment, string Principal);
