using Holdpoint.Agreements;
using Holdpoint.Gateway.Records;
using Holdpoint.Signals;
using Subject = Holdpoint.Agreements.Subject;

namespace Holdpoint.Gateway.Decisions;

/// <summary>What stage 3 established about a call. Immutable.</summary>
/// <param name="Subject">Who would call which model.</param>
/// <param name="Situation">What is proved, said and guessed about it.</param>
/// <param name="Findings">What the detectors saw in the call, over all its parts.</param>
/// <param name="Coverage">Every part, by which check, with what result.</param>
internal sealed record Established(Subject.Invoke Subject, Situation Situation, Findings Findings, Coverage Coverage)
{
    /// <summary>Exposure in this version is what the call and its answer show by themselves.</summary>
    public static ExposureCounts ExposureOf(Findings findings) => new(findings.PersonCount, findings.RecordCount, findings.LocationCount);
}
