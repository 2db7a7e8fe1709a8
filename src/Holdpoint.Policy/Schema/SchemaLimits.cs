namespace Holdpoint.Policy.Schema;

/// <summary>How large a schema may become when its names are resolved. What is at a limit is taken; one past it is refused.</summary>
public sealed record SchemaLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static SchemaLimits Default { get; } = new();

    /// <summary>
    /// Most parts of one type with its common types written out. Default 65,536: twenty definitions, each naming the one before it twice,
    /// would be a million.
    /// </summary>
    public int MaxTypeSize { get; init; } = 1 << 16;

    /// <summary>
    /// Deepest nesting of one type with its common types written out. Default 400, as for expressions: what reads types recurses.
    /// </summary>
    public int MaxTypeDepth { get; init; } = 400;

    /// <summary>Most kinds of requests. Default 65,536: policies are typed for each of them.</summary>
    public int MaxEnvironments { get; init; } = 1 << 16;

    /// <summary>
    /// Most ancestors that all entity types, or all actions, have together. Default 1,048,576, as for entities in a store.
    /// </summary>
    public int MaxAncestors { get; init; } = EntityStore.MaxAncestors;
}
