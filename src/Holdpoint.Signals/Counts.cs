namespace Holdpoint.Signals;

/// <summary>How many persons, records and locations were found. The detectors keep each in 0…<see cref="Most"/>.</summary>
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
}
