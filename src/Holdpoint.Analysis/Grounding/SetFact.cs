using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Grounding;

/// <summary>A question whether something is an element of an unknown set, and what it became in a query without sets.</summary>
/// <param name="Set">A variable, or an application of a function to scalars that are ground.</param>
/// <param name="Element">The element; the scalars in it are ground.</param>
/// <param name="Atom">True in a model exactly when the element is in the set.</param>
internal sealed record SetFact(Term Set, Term Element, Term Atom);
