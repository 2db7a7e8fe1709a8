using System.Collections.Immutable;

namespace Holdpoint.Policy;

/// <summary>An entity as a caller of the policy knows it: its attributes, its direct parents and its tags. Immutable.</summary>
public sealed class Entity
{
    /// <summary>An entity; what is left out is empty. A parent given twice counts once.</summary>
    /// <exception cref="ArgumentException">The uid is <c>default</c>.</exception>
    public Entity(EntityUid uid, RecordValue? attributes = null, IEnumerable<EntityUid>? parents = null, RecordValue? tags = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(uid.Type, nameof(uid));
        ArgumentNullException.ThrowIfNull(uid.Id, nameof(uid));
        Uid = uid;
        Attributes = attributes ?? RecordValue.Empty;
        Parents = parents is null ? [] : [.. parents.Distinct()];
        Tags = tags ?? RecordValue.Empty;
    }

    /// <summary>The entity's name.</summary>
    public EntityUid Uid { get; }

    /// <summary>What <c>entity.name</c> reads.</summary>
    public RecordValue Attributes { get; }

    /// <summary>The entities that this one is directly <c>in</c>. They need not be in the store.</summary>
    public ImmutableArray<EntityUid> Parents { get; }

    /// <summary>What <c>entity.getTag("name")</c> reads.</summary>
    public RecordValue Tags { get; }

    internal bool IsSameAs(Entity other) =>
        Uid == other.Uid && Attributes.Equals(other.Attributes) && Tags.Equals(other.Tags)
        && Parents.Length == other.Parents.Length && !Parents.Except(other.Parents).Any();
}
