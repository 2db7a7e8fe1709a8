using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary><c>action name in […] appliesTo { … };</c></summary>
public sealed record ActionDeclaration
{
    /// <summary>The id of the action; any text.</summary>
    public required string Name { get; init; }

    /// <summary>The groups that it is in; null when nothing is said of any.</summary>
    public ImmutableArray<ActionReference>? MemberOf { get; init; }

    /// <summary>What it applies to; null when a JSON schema does not say.</summary>
    public AppliesTo? AppliesTo { get; init; }

    /// <summary>The annotations; what is given without a value is empty text.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = Names.NoAnnotations;

    /// <summary>The place of the name in the Cedar text; null where the schema was JSON.</summary>
    public SourceSpan? Span { get; init; }
}
