namespace Holdpoint.Evidence.Verification;

/// <summary>The use of evidence, with which the scope of the evidence is compared.</summary>
/// <param name="Agreement">The name of the agreement that the call is decided under.</param>
/// <param name="Deployment">The deployment that calls.</param>
/// <param name="Principal">The person or service in the deployment that calls.</param>
public sealed record EvidenceUse(string Agreement, string Deployment, string Principal);
