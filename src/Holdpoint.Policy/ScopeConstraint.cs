namespace Holdpoint.Policy;

/// <summary>What a policy's scope asks of the principal or the resource. Closed: every case is declared here.</summary>
public abstract record ScopeConstraint
{
    private ScopeConstraint()
    {
    }

    /// <summary>The entity that the constraint names, if it names one.</summary>
    public virtual EntityReference? Reference => null;

    /// <summary>Nothing: any entity.</summary>
    public sealed record Any : ScopeConstraint;

    /// <summary><c>== entity</c></summary>
    public sealed record Equal(EntityReference Entity) : ScopeConstraint
    {
        /// <inheritdoc/>
        public override EntityReference? Reference => Entity;
    }

    /// <summary><c>in entity</c></summary>
    public sealed record In(EntityReference Entity) : ScopeConstraint
    {
        /// <inheritdoc/>
        public override EntityReference? Reference => Entity;
    }

    /// <summary><c>is Type</c></summary>
    public sealed record Is(string EntityType) : ScopeConstraint;

    /// <summary><c>is Type in entity</c></summary>
    public sealed record IsIn(string EntityType, EntityReference Entity) : ScopeConstraint
    {
        /// <inheritdoc/>
        public override EntityReference? Reference => Entity;
    }

    internal bool HasSlot => Reference is EntityReference.Slot;

    internal ScopeConstraint Fill(EntityUid uid) => this switch
    {
        Equal { Entity: EntityReference.Slot } => new Equal(new EntityReference.Known(uid)),
        In { Entity: EntityReference.Slot } => new In(new EntityReference.Known(uid)),
        IsIn { Entity: EntityReference.Slot } isIn => isIn with { Entity = new EntityReference.Known(uid) },
        _ => this,
    };
}
