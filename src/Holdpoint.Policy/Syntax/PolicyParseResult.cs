using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>
/// What a text of policies says. When anything in it is wrong there are diagnostics and no policies at all: a set without the one
/// policy that did not parse could permit what that policy forbids.
/// </summary>
/// <param name="Policies">The policies, in the order of the text.</param>
/// <param name="Templates">The templates, in the order of the text.</param>
/// <param name="Diagnostics">What is wrong, in the order of the text; empty when nothing is.</param>
public sealed record PolicyParseResult(
    ImmutableArray<Policy> Policies, ImmutableArray<Template> Templates, ImmutableArray<SyntaxDiagnostic> Diagnostics)
{
    /// <summary>Whether the text was sound.</summary>
    public bool IsValid => Diagnostics.IsEmpty;
}
