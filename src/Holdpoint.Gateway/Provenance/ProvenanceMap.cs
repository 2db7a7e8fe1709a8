using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Holdpoint.Agreements;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// The origin of each byte of a call's content, as far as the evidence that the call names says so. Immutable. Recognised provenance
/// (datasets that the call does not name) will be a third kind of range.
/// </summary>
internal sealed class ProvenanceMap
{
    private const string Unknown = "unknown";

    private ProvenanceMap(ImmutableArray<PartProvenance> parts, ImmutableArray<VerifiedStatement> statements)
    {
        Parts = parts;
        Statements = statements;
        foreach (var part in parts)
        {
            foreach (var range in part.Unattested)
            {
                UnattestedBytes += range.End - range.Start;
            }
        }
    }

    /// <summary>One for each part of the call, in order.</summary>
    public ImmutableArray<PartProvenance> Parts { get; }

    /// <summary>
    /// The statements about at least one byte of the call, each once. One that was named but matches nothing is not among them.
    /// </summary>
    public ImmutableArray<VerifiedStatement> Statements { get; }

    /// <summary>Bytes of all parts that no named statement is about.</summary>
    public long UnattestedBytes { get; }

    /// <summary>Compares content with what the named statements are about. Without statements, nothing is read.</summary>
    public static ProvenanceMap Establish(ImmutableArray<Part> parts, ImmutableArray<VerifiedStatement> datasets)
    {
        var matcher = datasets.IsEmpty ? null : new ChunkMatcher(datasets);
        var established = new PartProvenance[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            established[i] =
                part.Bytes.IsEmpty ? new([], [])
                : matcher is null ? new([], [new(0, part.Bytes.Length)])
                : !part.File.IsEmpty ? matcher.MatchFile(part.File.Span, part.Bytes.Span)
                : part.Kind == PartKind.Text ? matcher.MatchLines(part.Bytes.Span)
                : matcher.MatchWhole(part.Bytes.Span);
        }

        return new(ImmutableCollectionsMarshal.AsImmutableArray(established), matcher?.Matched ?? []);
    }

    /// <summary>The facts that the statements give about the call's content, worst case: every value that any of them gives.</summary>
    /// <param name="unattestedPersons">Distinct persons that detectors see in an unattested range of any part.</param>
    public ContentFacts Summarise(long unattestedPersons)
    {
        if (Statements.IsEmpty)
        {
            return ContentFacts.Unattested(UnattestedBytes, unattestedPersons);
        }

        var datasets = Statements.Select(s => (DatasetProvenance)s.Predicate).ToArray();
        return new(
            Values(d => d.Origin),
            Values(d => d.Jurisdiction),
            Values(d => d.Acquisition),
            Values(d => d.Consent),
            [.. datasets.SelectMany(d => d.Classes.DefaultIfEmpty(Unknown))],
            [.. Statements.Select(s => s.Issuer.Name)],
            datasets.Aggregate(0L, (sum, d) => Count.Saturate(sum + d.SubjectsOrWorst)),
            UnattestedBytes,
            unattestedPersons);

        ImmutableHashSet<string> Values(Func<DatasetProvenance, string?> field) => [.. datasets.Select(d => field(d) ?? Unknown)];
    }

    /// <summary>
    /// Whether an authority's selectors match everything that is attested. All or nothing: a part of a call cannot be permitted.
    /// </summary>
    public AuthorityCoverage CoverageBy(Authority authority) =>
        Statements.IsEmpty ? AuthorityCoverage.NothingAttested
        : Statements.All(s => IsCovered(s, authority.Selectors)) ? AuthorityCoverage.Whole
        : AuthorityCoverage.Partial;

    // A dataset is named by the id that the caller names, or by the one that it has whatever copy of it was posted.
    private static bool IsCovered(VerifiedStatement statement, Selectors selectors) =>
        selectors.Cover(statement.Id, (DatasetProvenance)statement.Predicate)
        || selectors.Cover(statement.CanonicalId, (DatasetProvenance)statement.Predicate);
}
