using System.Collections.Immutable;

namespace Holdpoint.Analysis.SmtLib;

/// <summary>What a witness should be like: of the alternatives, the first that can be had with all that was granted before.</summary>
/// <param name="Alternatives">Truths, the dearest first.</param>
/// <param name="Spares">How many of the wishes after this one mean nothing any more once the first alternative is granted.</param>
internal sealed record Wish<T>(ImmutableArray<T> Alternatives, int Spares = 0);
