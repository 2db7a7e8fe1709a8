namespace Holdpoint.Agreements;

/// <summary>One of those who agreed.</summary>
/// <param name="Name">Unique in the agreement.</param>
/// <param name="Role">What it is to the others.</param>
public sealed record Party(string Name, PartyRole Role);

/// <summary>What a party is to the others.</summary>
public enum PartyRole
{
    /// <summary>Provides models or the system.</summary>
    Provider,

    /// <summary>Uses them; deployments belong to it.</summary>
    Customer,
}
