using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary><c>entity Name in […] { … } tags …;</c> or <c>entity Name enum […];</c></summary>
public sealed record EntityDeclaration
{
    /// <summary>The name, without its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The types that parents may have.</summary>
    public ImmutableArray<TypeReference> MemberOf { get; init; } = [];

    /// <summary>The attributes: a record, or in JSON a common type that is one.</summary>
    public DeclaredType Shape { get; init; } = DeclaredType.Record.Empty;

    /// <summary>The type of tags (RFC 82); null when there are none.</summary>
    public DeclaredType? Tags { get; init; }

    /// <summary>The ids of an enumerated type (RFC 53), at least one; null for any other.</summary>
    public ImmutableArray<string>? EnumIds { get; init; }

    /// <summary>The annotations; what is given without a value is empty text.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = Names.NoAnnotations;

    /// <summary>The place of the name in the Cedar text; null where the schema was JSON.</summary>
    public SourceSpan? Span { get; init; }
}
