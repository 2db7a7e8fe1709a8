using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Policy.Schema;

/// <summary>A schema as it was written, or why it could not be read.</summary>
/// <param name="Document">The schema; null exactly when there are diagnostics.</param>
/// <param name="Diagnostics">What is wrong, in the order of the text.</param>
public sealed record SchemaParseResult(SchemaDocument? Document, ImmutableArray<SchemaDiagnostic> Diagnostics)
{
    /// <summary>Whether the text was sound.</summary>
    [MemberNotNullWhen(true, nameof(Document))]
    public bool IsValid => Document is not null;
}
