using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Symbolic;

/// <summary>What an expression evaluates to, on every request at once.</summary>
/// <param name="Succeeds">Whether the evaluation ends without an error.</param>
/// <param name="Value">The value; means nothing where the evaluation fails.</param>
internal readonly record struct Outcome(Term Succeeds, Term Value);
