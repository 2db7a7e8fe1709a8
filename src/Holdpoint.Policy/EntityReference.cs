namespace Holdpoint.Policy;

/// <summary>The entity that a scope names, or the place for it. Closed: both cases are declared here.</summary>
public abstract record EntityReference
{
    private EntityReference()
    {
    }

    /// <summary>An entity.</summary>
    public sealed record Known(EntityUid Uid) : EntityReference;

    /// <summary><c>?principal</c> or <c>?resource</c>, after the place where it stands. In templates only.</summary>
    public sealed record Slot : EntityReference;
}
