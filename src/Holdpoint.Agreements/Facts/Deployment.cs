namespace Holdpoint.Agreements;

/// <summary>A registered workload of a customer.</summary>
/// <param name="Name">The name, unique in the agreement, that client keys and statements refer to.</param>
/// <param name="Customer">The party that the deployment belongs to.</param>
/// <param name="Suspended">Whether a party has suspended the deployment: everything is refused then.</param>
public sealed record Deployment(string Name, string Customer, bool Suspended);
