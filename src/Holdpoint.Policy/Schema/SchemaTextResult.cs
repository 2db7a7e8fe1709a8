using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Policy.Schema;

/// <summary>A schema in the Cedar syntax, or why it cannot be written so.</summary>
/// <param name="Text">The text; null exactly when there are diagnostics.</param>
/// <param name="Diagnostics">What the Cedar syntax has no words for.</param>
public sealed record SchemaTextResult(string? Text, ImmutableArray<SchemaDiagnostic> Diagnostics)
{
    /// <summary>Whether there is a text.</summary>
    [MemberNotNullWhen(true, nameof(Text))]
    public bool IsValid => Text is not null;
}
