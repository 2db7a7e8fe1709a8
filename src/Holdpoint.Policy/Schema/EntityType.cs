using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>What a schema says of the entities of one type. Immutable.</summary>
public sealed class EntityType
{
    private readonly FrozenSet<string>? _ids;

    /// <summary>The name in full, such as <c>Holdpoint::Model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The types that a direct parent may have. Sorted, ordinal.</summary>
    public ImmutableSortedSet<string> ParentTypes { get; init; } = Names.None;

    /// <summary>
    /// The types that an ancestor may have: the closure of <see cref="ParentTypes"/>. Holds the type itself when entities of
    /// it may be <c>in</c> each other.
    /// </summary>
    public ImmutableSortedSet<string> AncestorTypes { get; init; } = Names.None;

    /// <summary>The attributes. Empty for an enumerated type.</summary>
    public RecordType Attributes { get; init; } = RecordType.Empty;

    /// <summary>The type of every tag (RFC 82); null when entities of this type have none.</summary>
    public CedarType? Tags { get; init; }

    /// <summary>The only ids there are, as declared (RFC 53); null when any id is possible.</summary>
    public ImmutableArray<string>? EnumIds
    {
        get;
        init => (field, _ids) = (value, value?.ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>The annotations of the declaration (RFC 48); what is given without a value is empty text.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = Names.NoAnnotations;

    /// <summary>Whether there can be an entity of this type with that id.</summary>
    public bool HasId(string id) => _ids?.Contains(id) ?? true;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
