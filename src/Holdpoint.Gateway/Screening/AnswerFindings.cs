using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Screening;

internal sealed class AnswerFindings(Findings call)
{
    private readonly Dictionary<string, (Findings Findings, PartKind Kind, long Bytes)> _parts = [];
    private Agreements.Signals _settled = call.ToSignals();
    private Findings All => _parts.Count == 0 ? call : Findings.Merge([call, .. _parts.Values.Select(p => p.Findings)]);

    public void Observe(string path, PartKind kind, long bytes, Findings found) => _parts[path] = (found, kind, bytes);

    public Agreements.Signals Signals => All.ToSignals();

    public ExposureCounts Exposure => All.ToExposure();

    public bool HasNews => !IsNoMore(Signals, _settled);

    public void Settle() => _settled = Signals;

    public Coverage? Coverage() => _parts.Count == 0 ? null : CoverageJson.Of(
        _parts.Count, _parts.Sum(part => part.Value.Bytes), _parts.SelectMany(part => part.Value.Findings.Coverage));

    private static bool IsNoMore(Agreements.Signals now, Agreements.Signals before) =>
        now.Persons <= before.Persons && now.Records <= before.Records && now.Locations <= before.Locations
        && now.Phrases!.IsSubsetOf(before.Phrases!);
}
