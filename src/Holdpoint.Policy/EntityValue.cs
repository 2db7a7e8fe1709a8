using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Policy;

/// <summary>A reference to an entity, which need not be in the store.</summary>
[SuppressMessage("Design", "CA1067", Justification = "Value overrides Equals(object) for all values, and seals it.")]
public sealed class EntityValue : Value, IEquatable<EntityValue>
{
    // Computed when first asked for: entities are looked up in every decision, and hashing two texts each time is most of what that costs.
    private int _hash;

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
    public override bool Equals(Value? other) => Equals(other as EntityValue);

    /// <inheritdoc/>
    public bool Equals(EntityValue? other) =>
        ReferenceEquals(this, other) || (other is not null && !IsKnownToDiffer(other) && other.Uid == Uid);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash != 0 ? _hash : _hash = Uid.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Uid.ToString();

    private bool IsKnownToDiffer(EntityValue other) => _hash != other._hash && _hash != 0 && other._hash != 0;
}
