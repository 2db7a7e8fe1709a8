using System.Collections.Immutable;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Counterexamples;

/// <summary>A request that shows something, with the entities that it is decided on. Made up, never taken from real calls.</summary>
/// <param name="Request">The request; it conforms to the schema.</param>
/// <param name="Entities">
/// The entities, without actions and values of lists; they conform too, and every entity that is named is there.
/// </param>
/// <param name="Store">The entities and the actions.</param>
public sealed record Witness(Request Request, ImmutableArray<Entity> Entities, EntityStore Store);
