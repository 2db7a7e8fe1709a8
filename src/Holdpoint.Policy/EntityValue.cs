namespace Holdpoint.Policy;

/// <summary>A reference to an entity, which need not be in the store.</summary>
public sealed class EntityValue : Value
{
    internal EntityValue(EntityUid uid)
    {
        ArgumentNullException.ThrowIfNull(uid.Type, nameof(uid));
        ArgumentNullException.ThrowIfNull(uid.Id, nameof(uid));
        Uid = uid;
    }

    /// <summary>The entity's name.</summary>
    public EntityUid Uid { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Entity;

    /// <inheritdoc/>
    public override bool Equals(Value? other) =>
        ReferenceEquals(this, other) || (other is EntityValue that && that.Uid == Uid);

    /// <inheritdoc/>
    public override int GetHashCode() => Uid.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Uid.ToString();
}
