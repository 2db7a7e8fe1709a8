namespace Holdpoint.Agreements;

/// <summary>A party to the agreement.</summary>
/// <param name="Name">The name, unique in the agreement.</param>
/// <param name="Role">The party's role towards the others.</param>
public sealed record Party(string Name, PartyRole Role);

/// <summary>The role of a party towards the others.</summary>
public enum PartyRole
{
    /// <summary>Provides models or the system.</summary>
    Provider,

    /// <summary>Uses models; deployments belong to a customer.</summary>
    Customer,
}
