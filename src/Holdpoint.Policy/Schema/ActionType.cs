using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>What a schema says of one action. Immutable.</summary>
public sealed class ActionType
{
    /// <summary>The action; its type ends with <c>Action</c>.</summary>
    public required EntityUid Uid { get; init; }

    /// <summary>The groups that the action is directly in.</summary>
    public ImmutableArray<EntityUid> Parents { get; init; } = [];

    /// <summary>All groups that the action is in, without itself.</summary>
    public ImmutableHashSet<EntityUid> Ancestors { get; init; } = [];

    /// <summary>
    /// The types of principals that it applies to. Empty, like <see cref="Resources"/>, for what is only a group. Sorted, ordinal.
    /// </summary>
    public ImmutableSortedSet<string> Principals { get; init; } = Names.None;

    /// <summary>The types of resources that it applies to. Sorted, ordinal.</summary>
    public ImmutableSortedSet<string> Resources { get; init; } = Names.None;

    /// <summary>The type of the context of its requests.</summary>
    public RecordType Context { get; init; } = RecordType.Empty;

    /// <summary>The annotations of the declaration (RFC 48); what is given without a value is empty text.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = Names.NoAnnotations;

    /// <inheritdoc/>
    public override string ToString() => Uid.ToString();
}
