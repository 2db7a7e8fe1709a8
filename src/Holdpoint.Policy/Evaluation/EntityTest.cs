namespace Holdpoint.Policy.Evaluation;

/// <summary>What a scope asks of one of the three entities of a request; each part that is null asks nothing.</summary>
/// <param name="Type">The type it has.</param>
/// <param name="Exactly">What it is.</param>
/// <param name="Within">What it is in, any of them.</param>
internal sealed record EntityTest(string? Type, EntityValue? Exactly, EntityValue[]? Within)
{
    private static readonly EntityTest Anything = new(null, null, null);

    public static EntityTest Of(ScopeConstraint constraint) => constraint switch
    {
        ScopeConstraint.Equal(EntityReference.Known(var uid)) => new(null, Value.Of(uid), null),
        ScopeConstraint.In(EntityReference.Known(var uid)) => new(null, null, [Value.Of(uid)]),
        ScopeConstraint.Is(var type) => new(type, null, null),
        ScopeConstraint.IsIn(var type, EntityReference.Known(var uid)) => new(type, null, [Value.Of(uid)]),
        ScopeConstraint.Any => Anything,
        _ => throw new ArgumentException("A template does not decide; its slots have to be filled first.", nameof(constraint)),
    };

    public static EntityTest Of(ActionConstraint constraint) => constraint switch
    {
        ActionConstraint.Equal(var uid) => new(null, Value.Of(uid), null),
        ActionConstraint.In(var uids) => new(null, null, [.. uids.Select(Value.Of)]),
        _ => Anything,
    };

    public bool Fits(EntityValue entity, StoredEntity? stored) =>
        (Type is null || Type == entity.Uid.Type)
        && (Exactly is null || Exactly.Equals(entity))
        && (Within is null || IsWithin(entity, stored));

    private bool IsWithin(EntityValue entity, StoredEntity? stored)
    {
        foreach (var ancestor in Within!)
        {
            if (ancestor.Equals(entity) || (stored?.HasAncestor(ancestor) ?? false))
            {
                return true;
            }
        }

        return false;
    }
}
