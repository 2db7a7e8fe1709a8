namespace Holdpoint.Agreements;

/// <summary>The exposure so far, this call included. Each value counts distinct items, in 0…<see cref="Count.Max"/>.</summary>
public sealed record ExposureCounts
{
    /// <summary>Creates counts; a count larger than <see cref="Count.Max"/> becomes that maximum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public ExposureCounts(long persons, long records, long locations)
    {
        Persons = Count.Saturate(persons);
        Records = Count.Saturate(records);
        Locations = Count.Saturate(locations);
    }

    /// <summary>No exposure.</summary>
    public static ExposureCounts None { get; } = new(0, 0, 0);

    /// <summary>The number of distinct persons.</summary>
    public long Persons { get; }

    /// <summary>The number of distinct records about persons.</summary>
    public long Records { get; }

    /// <summary>The number of distinct places.</summary>
    public long Locations { get; }
}
