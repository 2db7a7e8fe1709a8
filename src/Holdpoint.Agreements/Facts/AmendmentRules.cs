using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>The parties that may change the agreement.</summary>
/// <param name="Tighten">The parties that may each tighten the agreement alone.</param>
/// <param name="Loosen">The parties that must all agree to loosen the agreement; at least two, so that neither side can alone.</param>
public sealed record AmendmentRules(ImmutableArray<string> Tighten, ImmutableArray<string> Loosen);
