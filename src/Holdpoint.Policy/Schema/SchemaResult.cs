using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Policy.Schema;

/// <summary>A resolved schema, or why there is none.</summary>
/// <param name="Schema">The schema; null exactly when there are diagnostics.</param>
/// <param name="Diagnostics">What is wrong.</param>
/// <param name="Warnings">What is allowed and probably not meant: names that hide others.</param>
public sealed record SchemaResult(
    CedarSchema? Schema, ImmutableArray<SchemaDiagnostic> Diagnostics, ImmutableArray<SchemaDiagnostic> Warnings)
{
    /// <summary>Whether the documents make a schema.</summary>
    [MemberNotNullWhen(true, nameof(Schema))]
    public bool IsValid => Schema is not null;
}
