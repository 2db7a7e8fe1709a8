namespace Holdpoint.Agreements;

/// <summary>What has been seen so far, this call included. Each counts distinct ones, in 0…<see cref="Count.Max"/>.</summary>
public sealed record ExposureCounts
{
    /// <summary>Counts; larger ones than <see cref="Count.Max"/> become that.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public ExposureCounts(long persons, long records, long locations)
    {
        Persons = Count.Saturate(persons);
        Records = Count.Saturate(records);
        Locations = Count.Saturate(locations);
    }

    /// <summary>Nothing seen.</summary>
    public static ExposureCounts None { get; } = new(0, 0, 0);

    /// <summary>Distinct persons.</summary>
    public long Persons { get; }

    /// <summary>Distinct records about persons.</summary>
    public long Records { get; }

    /// <summary>Distinct places.</summary>
    public long Locations { get; }
}
