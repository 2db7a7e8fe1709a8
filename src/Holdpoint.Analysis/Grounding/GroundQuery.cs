using System.Collections.Immutable;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Grounding;

/// <summary>Truth terms over scalars only, with what must be assumed for them to say the same as the terms that they come from.</summary>
/// <param name="Terms">The terms, in the order of those that were given.</param>
/// <param name="Axioms">What sets and the hierarchy are like, as far as the terms can tell.</param>
/// <param name="Facts">How to read the unknown sets out of a model.</param>
internal sealed record GroundQuery(ImmutableArray<Term> Terms, ImmutableArray<Term> Axioms, ImmutableArray<SetFact> Facts);
