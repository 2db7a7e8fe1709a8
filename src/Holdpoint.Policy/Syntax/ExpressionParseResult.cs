using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>What a text of one expression says.</summary>
/// <param name="Expression">The expression; null exactly when there are diagnostics.</param>
/// <param name="Diagnostics">What is wrong, in the order of the text; empty when nothing is.</param>
public sealed record ExpressionParseResult(Expr? Expression, ImmutableArray<SyntaxDiagnostic> Diagnostics);
