using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Formatting;

/// <summary>A formatted text, or why there is none.</summary>
/// <param name="Text">The text; null exactly when there are diagnostics.</param>
/// <param name="Diagnostics">What is wrong with the policies, in the order of their text; empty when nothing is.</param>
public sealed record FormatResult(string? Text, ImmutableArray<SyntaxDiagnostic> Diagnostics)
{
    /// <summary>Whether there is a text.</summary>
    [MemberNotNullWhen(true, nameof(Text))]
    public bool IsValid => Text is not null;
}
