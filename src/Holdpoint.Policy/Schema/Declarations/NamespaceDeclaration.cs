using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>What a schema declares in one namespace, in the order of the source.</summary>
public sealed record NamespaceDeclaration
{
    /// <summary>The name; empty for what stands in no namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The common types.</summary>
    public ImmutableArray<CommonTypeDeclaration> CommonTypes { get; init; } = [];

    /// <summary>The entity types.</summary>
    public ImmutableArray<EntityDeclaration> EntityTypes { get; init; } = [];

    /// <summary>The actions.</summary>
    public ImmutableArray<ActionDeclaration> Actions { get; init; } = [];

    /// <summary>The annotations; always empty for the namespace without a name.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = Names.NoAnnotations;

    /// <summary>The place of the name in the Cedar text; null where the schema was JSON.</summary>
    public SourceSpan? Span { get; init; }

    /// <summary>The full name of what this namespace declares under a name.</summary>
    internal string Qualify(string name) => Name.Length == 0 ? name : $"{Name}::{name}";
}
