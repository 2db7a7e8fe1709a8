using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>Who may change the agreement.</summary>
/// <param name="Tighten">Parties of whom each may tighten it alone.</param>
/// <param name="Loosen">Parties who must all agree to loosen it; at least two, so that neither side can alone.</param>
public sealed record AmendmentRules(ImmutableArray<string> Tighten, ImmutableArray<string> Loosen);
