using System.Diagnostics;

namespace Holdpoint.Agreements;

/// <summary>
/// The need of a request before it may happen: nothing, some seats, or something that nobody can give. Needs are ordered by inclusion; the
/// theorems of an agreement are about needs.
/// </summary>
/// <param name="Seats">The seats; null when no seats suffice, which is a refusal.</param>
public readonly record struct Need(Seats? Seats)
{
    /// <summary>More than any seats can give.</summary>
    public static Need Top { get; }

    /// <summary>The need of a verdict.</summary>
    public static Need Of(Verdict verdict) => verdict switch
    {
        Verdict.Permit => new(Agreements.Seats.None),
        Verdict.Hold hold => new(hold.Needs),
        Verdict.Refuse => Top,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether this need is at least as much as <paramref name="other"/>; when not, this need is looser.</summary>
    public bool Covers(Need other) => Seats is null || (other.Seats is not null && Seats.IsSupersetOf(other.Seats));

    /// <inheritdoc/>
    public override string ToString() => Seats is null ? "refuse" : Seats.Count == 0 ? "permit" : $"hold for {Seats}";
}
