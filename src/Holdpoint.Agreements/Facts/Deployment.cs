namespace Holdpoint.Agreements;

/// <summary>A registered workload of a customer.</summary>
/// <param name="Name">Unique in the agreement; what client keys and statements refer to.</param>
/// <param name="Customer">The party that it belongs to.</param>
/// <param name="Suspended">Whether a party has suspended it: everything is refused then.</param>
public sealed record Deployment(string Name, string Customer, bool Suspended);
