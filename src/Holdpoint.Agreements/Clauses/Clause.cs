using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>One rule of an agreement, as people read it. The Cedar that enforces it stays inside the agreement.</summary>
/// <param name="Id">The file's stem.</param>
/// <param name="Title">A few words for screens and refusals.</param>
/// <param name="Text">The legal text in plain words.</param>
/// <param name="Basis">The texts that the clause rests on, as <c>basis.yaml</c> pins them; at least one.</param>
/// <param name="IsRedLine">
/// Whether the clause is a red line: an invariant that only forbids and that no set of clauses may open, rather than a rule.
/// </param>
public sealed record Clause(ClauseId Id, string Title, string Text, ImmutableArray<BasisText> Basis, bool IsRedLine);
