using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Signals;
using Holdpoint.Wire;
using Subject = Holdpoint.Agreements.Subject;

namespace Holdpoint.Gateway.Decisions;

/// <summary>Stage 3: makes the situation of a call from what is proved, what is said and what is guessed. Thread-safe.</summary>
internal sealed class Establishing(Agreement agreement, EvidenceCatalog evidence, Detectors detectors, TimeProvider time)
{
    // What a statement does not say is decided on as the worst.
    private const string Unknown = "unknown";

    public Detectors Detectors => detectors;

    /// <summary>Sets <see cref="CallInProgress.Established"/>.</summary>
    /// <returns>Null, or what the call names or says that does not hold.</returns>
    public Fault? Establish(CallInProgress call)
    {
        // What is said.
        var claimed = Claimed.None;
        if (call.ClaimsHeader is { } header)
        {
            var parsed = Claimed.Parse(header, agreement.Vocabulary);
            if (!parsed.IsValid)
            {
                return Faults.BadRequest(Causes.InvalidClaims, parsed.Fault);
            }

            claimed = parsed.Claims;
        }

        // What is proved.
        var use = new EvidenceUse(agreement.Name, call.Client.Deployment, call.Client.Principal);
        var named = evidence.Resolve(call.Evidence, use, time.GetUtcNow());
        if (named.Fault is { } fault)
        {
            return Faults.Forbidden(fault.Cause.Code, fault.Message);
        }

        var read = call.Call!;
        var parts = WithDefinitions(read);
        var provenance = ProvenanceMap.Establish(parts, named.Datasets);

        // An authority that is named for content it does not cover is over-scoped, whatever the clauses would make of it.
        var authority = named.Authority?.Predicate as Authority;
        var coverage = authority is null ? AuthorityCoverage.NothingAttested : provenance.CoverageBy(authority);
        if (coverage == AuthorityCoverage.Partial)
        {
            return Faults.Forbidden(
                EvidenceCause.OutOfScope.Code,
                "The authority does not cover all the attested content of this call; its selectors name what it covers.");
        }

        // What is guessed.
        var byPart = new Findings[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var found = detectors.Scan(parts[i]);
            byPart[i] = i < read.Parts.Length ? found : found.WithoutPhrases();
        }

        var seams = Seams.Scan(detectors, read.Parts);
        var all = byPart.Length == 1 ? byPart[0] : Findings.Merge(seams.Phrases.IsEmpty ? byPart : [.. byPart, seams]);
        call.Established = new(
            new Subject.Invoke(call.Client.Deployment, call.Client.Principal, read.Model, call.Route!.Value.Provider),
            new Situation(provenance.Summarise(UnattestedPersons.Count(detectors, parts, provenance, byPart)), Established.ExposureOf(all))
            {
                Purpose = authority?.Purpose,
                Authority = authority is null ? null : new(authority.Basis ?? Unknown, coverage == AuthorityCoverage.Whole),
                Claimed = claimed,
                Signals = all.ToSignals(),
            },
            all,
            CoverageJson.Of(parts, all.Coverage));
        return null;
    }

    // A tool's definition is no content, and a phrase in it means nothing; but rows of people are rows of people wherever they stand, and
    // its bytes reach the model like any other.
    private static ImmutableArray<Part> WithDefinitions(Call call) => call.Tools.IsEmpty
        ? call.Parts
        : [.. call.Parts, .. call.Tools.Select((tool, i) => new Part($"/tools/{i}", PartKind.Text, tool.Text))];
}
