namespace Holdpoint.Signals;

/// <summary>How many persons, records and locations were found. Each is in 0…<see cref="Most"/>; sums stop there.</summary>
/// <param name="Persons">Distinct persons.</param>
/// <param name="Records">Rows and objects that carry persons; a row that lists n identifiers of a kind counts n.</param>
/// <param name="Locations">Distinct coordinates.</param>
public readonly record struct Counts(long Persons, long Records, long Locations)
{
    /// <summary>The top of a situation's count range: what every count is when there was more than the detectors count.</summary>
    public const long Most = 1L << 40;

    /// <summary>Nothing found.</summary>
    public static Counts None => default;

    /// <summary>More than the detectors count.</summary>
    public static Counts Worst => new(Most, Most, Most);

    /// <summary>Adds each count, up to <see cref="Most"/>. Right for records only: persons and locations of two texts may be the same
    /// ones.</summary>
    public static Counts operator +(Counts left, Counts right) => new(
        Math.Min(left.Persons + right.Persons, Most),
        Math.Min(left.Records + right.Records, Most),
        Math.Min(left.Locations + right.Locations, Most));

    /// <summary>The named form of <c>+</c>.</summary>
    public static Counts Add(Counts left, Counts right) => left + right;
}
