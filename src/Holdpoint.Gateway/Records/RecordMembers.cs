using System.Buffers;
using System.Collections.Immutable;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// Every member that a record can have (docs/reference/records.md). The table puts itself into RFC 8785 order, so the order of its lines
/// means nothing.
/// </summary>
internal static class RecordMembers
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");

    // Kept, because a comparison given as a function is wrapped anew at each sort.
    private static readonly Comparer<Commitment> CommitmentsByName =
        Comparer<Commitment>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    private static readonly Comparer<NamedDigest> DigestsByName =
        Comparer<NamedDigest>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    /// <summary>Sorted by name. Their names have ASCII letters only, for which ordinal order is the order of UTF-16 code units.</summary>
    public static ImmutableArray<RecordMember> Sorted { get; } =
    [
        .. new[]
        {
            RecordMember.Always("v", (ref record) => record.Json.Raw("1"u8)),
            RecordMember.Always("kind", (ref record) => record.Plain(RecordNames.Of(record.Draft.Kind))),
            RecordMember.Always("gateway", (ref record) => record.Json.String(record.Gateway)),
            RecordMember.Always("time", (ref record) => record.Json.Time(record.Time)),
            RecordMember.Always("prev", Prev),
            RecordMember.Always("seq", (ref record) => record.SeqAt = record.Json.Length),
            RecordMember.Integer("about", draft => draft.About),
            RecordMember.Text("endpoint", draft => draft.Endpoint),
            RecordMember.Text("deployment", draft => draft.Deployment),
            new("principal", (ref record) => record.Pseudonym is not null, (ref record) => record.Json.String(record.Pseudonym!)),
            RecordMember.Text("model", draft => draft.Model),
            RecordMember.Text("tool", draft => draft.Tool),
            new("bundle", (ref record) => record.Draft.Bundle is not null, (ref record) => record.Digest(record.Draft.Bundle!.Value)),
            new("verdict", (ref record) => record.Draft.Verdict is not null, (ref record) =>
                record.Plain(RecordNames.Of(record.Draft.Verdict!.Value))),
            RecordMember.Text("cause", draft => draft.Cause),
            RecordMember.Texts("clauses", draft => draft.Clauses),
            RecordMember.Texts("needs", draft => draft.Needs),
            new("cedar", (ref record) => record.Draft.CedarAllows is not null, (ref record) =>
                record.Plain(record.Draft.CedarAllows!.Value ? "allow"u8 : "deny"u8)),
            RecordMember.Texts("evidence", draft => draft.Evidence),
            new("exposure", (ref record) => record.Draft.Exposure is not null, Exposure),
            RecordMember.Text("hold", draft => draft.Hold),
            new("step", (ref record) => record.Draft.Step is not null, (ref record) =>
                record.Plain(RecordNames.Of(record.Draft.Step!.Value))),
            RecordMember.Texts("seats", draft => draft.Seats),
            RecordMember.Integer("requests", draft => draft.Requests),
            new("commitments", (ref record) => !record.Draft.Commitments.IsEmpty, Commitments),
            new("coverage", (ref record) => record.Draft.Coverage is not null, Coverage),
            new("digests", (ref record) => !record.Draft.Digests.IsEmpty, Digests),
            RecordMember.Texts("theorems", draft => draft.Theorems),
            RecordMember.Texts("solvers", draft => draft.Solvers),
            RecordMember.Integer("status", draft => draft.Status),
        }.OrderBy(member => member.Name, StringComparer.Ordinal),
    ];

    private static void Prev(ref RecordRendering record)
    {
        record.PrevAt = record.Json.Length + 1;
        record.Plain([]);
    }

    private static void Exposure(ref RecordRendering record)
    {
        var exposure = record.Draft.Exposure!;
        var json = record.Json;
        json.Raw("{\"locations\":"u8);
        json.Integer(exposure.Locations);
        json.Raw(",\"persons\":"u8);
        json.Integer(exposure.Persons);
        json.Raw(",\"records\":"u8);
        json.Integer(exposure.Records);
        json.Raw("}"u8);
    }

    private static void Commitments(ref RecordRendering record)
    {
        var json = record.Json;
        string? previous = null;
        foreach (var commitment in record.Draft.Commitments.Sort(CommitmentsByName))
        {
            CheckName(commitment.Name, previous);
            json.Raw(previous is null ? "{"u8 : ","u8);
            previous = commitment.Name;
            json.String(commitment.Name);
            json.Raw(":"u8);
            record.Commit(commitment.Name, commitment.Json.Span);
        }

        json.Raw("}"u8);
    }

    private static void Coverage(ref RecordRendering record)
    {
        var coverage = record.Draft.Coverage!;
        var json = record.Json;
        json.Raw("{\"bytes\":"u8);
        json.Integer(coverage.Bytes);
        json.Raw(",\"digest\":"u8);
        record.Commit("coverage", coverage.List.Span);
        json.Raw(",\"parts\":"u8);
        json.Integer(coverage.Parts);
        json.Raw("}"u8);
    }

    private static void Digests(ref RecordRendering record)
    {
        var json = record.Json;
        string? previous = null;
        foreach (var digest in record.Draft.Digests.Sort(DigestsByName))
        {
            CheckName(digest.Name, previous);
            json.Raw(previous is null ? "{"u8 : ","u8);
            previous = digest.Name;
            json.String(digest.Name);
            json.Raw(":"u8);
            record.Digest(digest.Digest);
        }

        json.Raw("}"u8);
    }

    /// <summary>Sorted by ordinal, equal names are neighbours; the narrow alphabet makes ordinal order the canonical one.</summary>
    private static void CheckName(string name, string? previous)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters) || name == previous)
        {
            throw new ArgumentException($"'{name}' is not a name of lower-case letters and underscores, or appears twice.", nameof(name));
        }
    }
}
