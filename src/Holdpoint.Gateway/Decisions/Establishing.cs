using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>Stage 3: makes the situation of a call from what is proved, what is said and what is guessed. Thread-safe.</summary>
internal sealed class Establishing(ActiveBundle bundle, Detectors detectors, TimeProvider time)
{
    // What a statement does not say is decided on as the worst.
    private const string Unknown = "unknown";

    /// <summary>Makes the situation of a request that would go to a provider.</summary>
    /// <param name="request">The request.</param>
    /// <param name="provider">Who would answer it, as the agreement names providers.</param>
    /// <param name="model">The model as the configuration names it.</param>
    /// <returns>What is established; or, where the request names or says something that does not hold, the fault.</returns>
    public (Established? Established, Fault? Fault) Establish(Request request, string provider, string model)
    {
        var agreement = bundle.Agreement;

        // What is said.
        var claimed = Claimed.None;
        if (request.Claims is { } header)
        {
            var parsed = Claimed.Parse(header, agreement.Vocabulary);
            if (!parsed.IsValid)
            {
                return (null, DecisionFaults.InvalidClaims(parsed.Fault));
            }

            claimed = parsed.Claims;
        }

        // What is proved.
        var use = new EvidenceUse(agreement.Name, request.Client.Deployment, request.Client.Principal);
        var named = bundle.Evidence.Resolve(request.Evidence, use, time.GetUtcNow());
        if (named.Fault is { } fault)
        {
            return (null, DecisionFaults.OfNamed(fault));
        }

        var read = request.Call;
        var parts = WithDefinitions(read);
        var provenance = ProvenanceMap.Establish(parts, named.Datasets);

        // An authority that is named for content it does not cover is over-scoped, whatever the clauses would make of it.
        var authority = named.Authority?.Predicate as Authority;
        var coverage = authority is null ? AuthorityCoverage.NothingAttested : provenance.CoverageBy(authority);
        if (coverage == AuthorityCoverage.Partial)
        {
            return (null, DecisionFaults.AuthorityTooNarrow);
        }

        // What is guessed.
        var byPart = detectors.ScanAll(parts);
        for (var i = read.Parts.Length; i < parts.Length; i++)
        {
            if (!byPart[i].Phrases.IsEmpty && bundle.Registers(request.Client.Deployment, read.Tools[i - read.Parts.Length]))
            {
                byPart[i] = byPart[i].WithoutPhrases();
            }
        }

        var seams = Seams.Scan(detectors, read.Parts, byPart);
        var all = byPart.Length == 1 ? byPart[0] : Findings.Merge(seams.IsNothing ? byPart : [.. byPart, seams]);
        var unattested = provenance.Statements.IsEmpty
            ? all.PersonCount
            : UnattestedPersons.Count(detectors, parts, provenance, byPart, seams, read.Parts);
        var situation = new Situation(provenance.Summarise(unattested), all.Counts.ToExposure())
        {
            Purpose = authority?.Purpose,
            Authority = authority is null ? null : new(authority.Basis ?? Unknown, coverage == AuthorityCoverage.Whole),
            Claimed = claimed,
            Signals = all.ToSignals(),
        };
        var subject = new Subject.Invoke(request.Client.Deployment, request.Client.Principal, read.Model, provider);
        return (new(request, model, subject, situation, all, CoverageJson.Of(parts, all.Coverage)), null);
    }

    // A tool's definition is not content, but its bytes reach the model like any other: rows of people in it are rows of people, and a
    // phrase in it is a phrase, unless the agreement registers exactly this definition: that is text that the parties have read.
    private static ImmutableArray<Part> WithDefinitions(Call call) => call.Tools.IsEmpty
        ? call.Parts
        : [.. call.Parts, .. call.Tools.Select((tool, i) => new Part($"/tools/{i}", PartKind.Text, tool.Text))];
}
