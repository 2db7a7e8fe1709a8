using System.Diagnostics;

namespace Holdpoint.Agreements;

/// <summary>
/// What a request needs before it may happen: nothing, some seats, or something that nobody can give. Ordered by inclusion; what the
/// theorems of an agreement speak about.
/// </summary>
/// <param name="Seats">The seats; null when no seats suffice, which is a refusal.</param>
public readonly record struct Need(Seats? Seats)
{
    /// <summary>More than any seats can give.</summary>
    public static Need Top { get; }

    /// <summary>What a verdict asks for.</summary>
    public static Need Of(Verdict verdict) => verdict switch
    {
        Verdict.Permit => new(Agreements.Seats.None),
        Verdict.Hold hold => new(hold.Needs),
        Verdict.Refuse => Top,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether this is at least as much as <paramref name="other"/>; when not, this is looser.</summary>
    public bool Covers(Need other) => Seats is null || (other.Seats is not null && Seats.IsSupersetOf(other.Seats));

    /// <inheritdoc/>
    public override string ToString() => Seats is null ? "refuse" : Seats.Count == 0 ? "permit" : $"hold for {Seats}";
}
