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

    private static long? Saturate(long? count) => count is { } value ? Count.Saturate(value) : null;
}
