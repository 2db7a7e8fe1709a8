namespace Holdpoint.Policy.Schema;

/// <summary>One kind of request that a schema allows: policies are typed once for each.</summary>
/// <param name="PrincipalType">The type of the principal.</param>
/// <param name="Action">The action; it has the type of the context.</param>
/// <param name="ResourceType">The type of the resource.</param>
public sealed record RequestEnvironment(EntityType PrincipalType, ActionType Action, EntityType ResourceType)
{
    /// <inheritdoc/>
    public override string ToString() => $"{PrincipalType} {Action} {ResourceType}";
}
