using Holdpoint.Signals;

namespace Holdpoint.Gateway.Decisions;

/// <summary>What a situation says of what detectors found.</summary>
internal static class FindingsSignals
{
    /// <summary>Every signal is present, because a detector has looked.</summary>
    public static Agreements.Signals ToSignals(this Findings findings) =>
        new(findings.PersonCount, findings.RecordCount, findings.LocationCount, [.. findings.Phrases]);
}
