using Holdpoint.Agreements;
using Holdpoint.Gateway.Records;
using Holdpoint.Signals;

namespace Holdpoint.Gateway.Decisions;

/// <summary>The findings of detectors, in the words of a situation and of a record.</summary>
internal static class FindingsSignals
{
    // Nearly every text has none, and an empty array would be boxed.
    private static readonly IEnumerable<string> NoPhrases = [];

    /// <summary>Every signal is present, because a detector has looked.</summary>
    public static Agreements.Signals ToSignals(this Findings findings) =>
        findings.Counts.ToSignals(findings.Phrases.IsEmpty ? NoPhrases : findings.Phrases);

    /// <inheritdoc cref="ToSignals(Findings)"/>
    public static Agreements.Signals ToSignals(this Counts counts, IEnumerable<string> phrases) =>
        new(counts.Persons, counts.Records, counts.Locations, [.. phrases]);

    /// <summary>Exposure in this version is what the request and its answer show by themselves.</summary>
    public static ExposureCounts ToExposure(this Counts counts) => new(counts.Persons, counts.Records, counts.Locations);

    public static RecordedExposure ToRecord(this ExposureCounts exposure) => new(exposure.Persons, exposure.Records, exposure.Locations);
}
