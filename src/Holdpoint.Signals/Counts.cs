namespace Holdpoint.Signals;

/// <summary>The numbers of persons, records and locations found. The detectors keep each in 0…<see cref="Most"/>.</summary>
/// <param name="Persons">The number of distinct persons.</param>
/// <param name="Records">The number of rows and objects that carry persons; a row that lists n identifiers of a kind counts n.</param>
/// <param name="Locations">The number of distinct coordinates.</param>
public readonly record struct Counts(long Persons, long Records, long Locations)
{
    /// <summary>The top of a situation's count range: the value of every count when there was more than the detectors count.</summary>
    public const long Most = 1L << 40;

    /// <summary>The counts when nothing was found: 0 of each.</summary>
    public static Counts None => default;

    /// <summary>The counts when there was more than the detectors count: <see cref="Most"/> of each.</summary>
    public static Counts Worst => new(Most, Most, Most);
}
