using Holdpoint.Agreements;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Theorems;

/// <summary>A policy of a clause, as its author wrote it and as loading made it.</summary>
/// <param name="Written">What the theorems' <c>need</c> is about.</param>
/// <param name="Loaded">What decides at run time: it reads the filled seats.</param>
internal sealed record AnalysedPolicy(Policy.Policy Written, Policy.Policy Loaded)
{
    /// <summary>
    /// The seats that lift it, read from the annotation and not taken from the loader, whose work theorem 5 checks. Null where nothing
    /// lifts it, or where it permits.
    /// </summary>
    public Seats? Hold { get; } =
        Written.Effect == Effect.Forbid && Written.Annotations.TryGetValue("hold", out var text) && Seats.TryParseHold(text, out var seats)
            ? seats
            : null;

    public string Id => Written.Id;

    public bool IsPermit => Written.Effect == Effect.Permit;
}
