using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>The findings of detectors, in a call or in its answer. Signals are fallible, so they can only tighten a decision.</summary>
/// <param name="Persons">The number of persons; null when no detector looked.</param>
/// <param name="Records">The number of records about persons; null when no detector looked.</param>
/// <param name="Locations">The number of places; null when no detector looked.</param>
/// <param name="Phrases">Names of the agreement's phrases that were found; null when no detector looked.</param>
public sealed record Signals(long? Persons = null, long? Records = null, long? Locations = null, ImmutableHashSet<string>? Phrases = null)
{
    /// <summary>The signals when no detector looked.</summary>
    public static Signals None { get; } = new();

    /// <summary>The number of persons, in 0…<see cref="Count.Max"/>.</summary>
    public long? Persons { get; init => field = Saturate(value); } = Saturate(Persons);

    /// <summary>The number of records about persons, in 0…<see cref="Count.Max"/>.</summary>
    public long? Records { get; init => field = Saturate(value); } = Saturate(Records);

    /// <summary>The number of places, in 0…<see cref="Count.Max"/>.</summary>
    public long? Locations { get; init => field = Saturate(value); } = Saturate(Locations);

    /// <summary>
    /// Whether these signals are at least as strong as <paramref name="other"/>: absent is less than any value, then numbers and subsets
    /// decide. Signals only tighten (theorem T3 of an agreement, which uses the same order), so a decision on these signals covers the
    /// others too.
    /// </summary>
    public bool Covers(Signals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Covers(Persons, other.Persons) && Covers(Records, other.Records) && Covers(Locations, other.Locations)
            && (other.Phrases is null || (Phrases is not null && other.Phrases.IsSubsetOf(Phrases)));
    }

    private static bool Covers(long? more, long? less) => less is null || more >= less;

    private static long? Saturate(long? count) => count is { } value ? Count.Saturate(value) : null;
}
