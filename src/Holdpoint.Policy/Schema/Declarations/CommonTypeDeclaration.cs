using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary><c>type Name = …;</c></summary>
public sealed record CommonTypeDeclaration
{
    /// <summary>The name, without its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>What the name stands for.</summary>
    public required DeclaredType Type { get; init; }

    /// <summary>The annotations; what is given without a value is empty text.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = Names.NoAnnotations;

    /// <summary>The place of the name in the Cedar text; null where the schema was JSON.</summary>
    public SourceSpan? Span { get; init; }
}
