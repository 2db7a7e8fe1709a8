using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>Whatever detectors think they see, in a call or in its answer. Fallible, so it can only tighten a decision.</summary>
/// <param name="Persons">Persons; null when no detector looked.</param>
/// <param name="Records">Records about persons; null when no detector looked.</param>
/// <param name="Locations">Places; null when no detector looked.</param>
/// <param name="Phrases">Names of the agreement's phrases that were found; null when no detector looked.</param>
public sealed record Signals(long? Persons = null, long? Records = null, long? Locations = null, ImmutableHashSet<string>? Phrases = null)
{
    /// <summary>Nothing was looked for.</summary>
    public static Signals None { get; } = new();

    /// <summary>Persons, in 0…<see cref="Count.Max"/>.</summary>
    public long? Persons { get; init => field = Saturate(value); } = Saturate(Persons);

    /// <summary>Records about persons, in 0…<see cref="Count.Max"/>.</summary>
    public long? Records { get; init => field = Saturate(value); } = Saturate(Records);

    /// <summary>Places, in 0…<see cref="Count.Max"/>.</summary>
    public long? Locations { get; init => field = Saturate(value); } = Saturate(Locations);

    /// <summary>
    /// Whether <paramref name="other"/> shows nothing that this does not show at least as strongly: absent is less than any value, then
    /// numbers and subsets. Signals only tighten (theorem T3 of an agreement, which uses the same order), so what was decided on these
    /// signals covers the others too.
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
