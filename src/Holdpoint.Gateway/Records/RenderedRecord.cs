using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Holdpoint.Log;
using Holdpoint.Log.Json;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// A draft as canonical JSON, but for what only the writer knows: <c>prev</c> and <c>seq</c>. Made on the caller's thread, so that the
/// one writer only joins, hashes and stores.
/// </summary>
internal sealed class RenderedRecord
{
    /// <summary>Largest private part of one record, in bytes. 8 MiB holds the coverage of the 8,192 parts that a call may have, several times.</summary>
    public const int MaxDisclosureBytes = 8 << 20;

    // "prev" is 64 hex digits; "seq" at most 19 digits.
    private const int PrevLength = 2 * Hash.Size;
    private const int MaxSeqLength = 19;

    [ThreadStatic]
    private static CanonicalWriter? RecordScratch;

    [ThreadStatic]
    private static CanonicalWriter? DisclosureScratch;

    private readonly byte[] _bytes;
    private readonly int _prevAt;
    private readonly int _seqAt;

    private RenderedRecord(byte[] bytes, int prevAt, int seqAt, byte[] disclosures)
    {
        _bytes = bytes;
        _prevAt = prevAt;
        _seqAt = seqAt;
        Disclosures = disclosures;
    }

    /// <summary>The private part: one disclosure per line, in the order of their names; empty when there is none.</summary>
    public byte[] Disclosures { get; }

    public int Length => _bytes.Length + Disclosures.Length;

    /// <exception cref="RecordUnavailableException">Too large.</exception>
    /// <exception cref="ArgumentException">A field is not what its documentation asks for.</exception>
    public static RenderedRecord Of(RecordDraft draft, string gateway, Subject? subject, DateTimeOffset time)
    {
        var json = RecordScratch ??= new CanonicalWriter();
        var disclosures = DisclosureScratch ??= new CanonicalWriter();
        json.Clear();
        disclosures.Clear();

        // Members in RFC 8785 order: sorted by name. A test compares the result with CanonicalJson.
        json.Raw("{"u8);
        if (draft.About is { } about)
        {
            json.Raw("\"about\":"u8);
            json.Integer(about);
            json.Raw(","u8);
        }

        if (draft.Bundle is { } bundle)
        {
            json.Raw("\"bundle\":\""u8);
            Hex(json, bundle);
            json.Raw("\","u8);
        }

        Text(json, "\"cause\":"u8, draft.Cause);
        if (draft.CedarAllows is { } allows)
        {
            json.Raw(allows ? "\"cedar\":\"allow\","u8 : "\"cedar\":\"deny\","u8);
        }

        Texts(json, "\"clauses\":["u8, draft.Clauses);
        Commitments(json, disclosures, draft);
        Text(json, "\"deployment\":"u8, draft.Deployment);
        Digests(json, draft.Digests);
        Text(json, "\"endpoint\":"u8, draft.Endpoint);
        Texts(json, "\"evidence\":["u8, draft.Evidence);
        if (draft.Exposure is { } exposure)
        {
            json.Raw("\"exposure\":{\"locations\":"u8);
            json.Integer(exposure.Locations);
            json.Raw(",\"persons\":"u8);
            json.Integer(exposure.Persons);
            json.Raw(",\"records\":"u8);
            json.Integer(exposure.Records);
            json.Raw("},"u8);
        }

        Text(json, "\"gateway\":"u8, gateway);
        Text(json, "\"hold\":"u8, draft.Hold);
        json.Raw("\"kind\":\""u8);
        json.Raw(RecordNames.Of(draft.Kind));
        json.Raw("\","u8);
        Text(json, "\"model\":"u8, draft.Model);
        Texts(json, "\"needs\":["u8, draft.Needs);
        json.Raw("\"prev\":\""u8);
        var prevAt = json.Length;
        json.Raw("\","u8);
        Text(json, "\"principal\":"u8, subject?.Pseudonym);
        if (draft.Requests is { } requests)
        {
            json.Raw("\"requests\":"u8);
            json.Integer(requests);
            json.Raw(","u8);
        }

        Texts(json, "\"seats\":["u8, draft.Seats);
        json.Raw("\"seq\":"u8);
        var seqAt = json.Length;
        json.Raw(","u8);
        Texts(json, "\"solvers\":["u8, draft.Solvers);
        if (draft.Status is { } status)
        {
            json.Raw("\"status\":"u8);
            json.Integer(status);
            json.Raw(","u8);
        }

        if (draft.Step is { } step)
        {
            json.Raw("\"step\":\""u8);
            json.Raw(RecordNames.Of(step));
            json.Raw("\","u8);
        }

        Texts(json, "\"theorems\":["u8, draft.Theorems);
        Text(json, "\"time\":"u8, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Text(json, "\"tool\":"u8, draft.Tool);
        json.Raw("\"v\":1"u8);
        if (draft.Verdict is { } verdict)
        {
            json.Raw(",\"verdict\":\""u8);
            json.Raw(RecordNames.Of(verdict));
            json.Raw("\""u8);
        }

        json.Raw("}"u8);

        if (json.Length + PrevLength + MaxSeqLength > RecordProfile.MaxBytes || disclosures.Length > MaxDisclosureBytes)
        {
            throw new RecordUnavailableException(RecordFault.TooLarge);
        }

        return new RenderedRecord(json.Written.ToArray(), prevAt, seqAt, disclosures.Written.ToArray());
    }

    /// <summary>The whole record.</summary>
    public byte[] Complete(Hash prev, long seq)
    {
        Span<byte> digits = stackalloc byte[MaxSeqLength];
        if (!seq.TryFormat(digits, out var digitCount, default, CultureInfo.InvariantCulture))
        {
            throw new UnreachableException();
        }

        var record = new byte[_bytes.Length + PrevLength + digitCount];
        var rest = record.AsSpan();
        rest = Copy(_bytes.AsSpan(0, _prevAt), rest);
        Span<byte> prevBytes = stackalloc byte[Hash.Size];
        prev.CopyTo(prevBytes);
        Convert.TryToHexStringLower(prevBytes, rest, out _);
        rest = rest[PrevLength..];
        rest = Copy(_bytes.AsSpan(_prevAt, _seqAt - _prevAt), rest);
        rest = Copy(digits[..digitCount], rest);
        Copy(_bytes.AsSpan(_seqAt), rest);
        return record;
    }

    private static Span<byte> Copy(scoped ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        return to[from.Length..];
    }

    private static void Text(CanonicalWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
        {
            return;
        }

        json.Raw(name);
        json.String(value);
        json.Raw(","u8);
    }

    private static void Texts(CanonicalWriter json, ReadOnlySpan<byte> start, ImmutableArray<string> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        json.Raw(start);
        for (var i = 0; i < values.Length; i++)
        {
            json.Raw(i == 0 ? ""u8 : ","u8);
            json.String(values[i]);
        }

        json.Raw("],"u8);
    }

    private static void Hex(CanonicalWriter json, Hash hash)
    {
        Span<byte> bytes = stackalloc byte[Hash.Size];
        Span<byte> hex = stackalloc byte[2 * Hash.Size];
        hash.CopyTo(bytes);
        Convert.TryToHexStringLower(bytes, hex, out _);
        json.Raw(hex);
    }

    private static void Digests(CanonicalWriter json, ImmutableArray<NamedDigest> digests)
    {
        if (digests.IsEmpty)
        {
            return;
        }

        json.Raw("\"digests\":{"u8);
        string? previous = null;
        foreach (var digest in digests.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name)))
        {
            CheckName(digest.Name, previous);
            json.Raw(previous is null ? ""u8 : ","u8);
            previous = digest.Name;
            json.String(digest.Name);
            json.Raw(":\""u8);
            Hex(json, digest.Digest);
            json.Raw("\""u8);
        }

        json.Raw("},"u8);
    }

    /// <summary>The members <c>commitments</c> and <c>coverage</c>, and their disclosures.</summary>
    private static void Commitments(CanonicalWriter json, CanonicalWriter disclosures, RecordDraft draft)
    {
        var count = draft.Commitments.Length + (draft.Coverage is null ? 0 : 1);
        if (count == 0)
        {
            return;
        }

        // One call for all salts: the generator's cost is per call.
        Span<byte> salts = new byte[count * Disclosure.SaltBytes];
        RandomNumberGenerator.Fill(salts);
        Span<byte> digest = stackalloc byte[Disclosure.DigestLength];

        if (!draft.Commitments.IsEmpty)
        {
            json.Raw("\"commitments\":{"u8);
            string? previous = null;
            foreach (var commitment in draft.Commitments.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name)))
            {
                CheckName(commitment.Name, previous);
                json.Raw(previous is null ? ""u8 : ","u8);
                previous = commitment.Name;
                Disclosure.Write(salts[..Disclosure.SaltBytes], commitment.Name, commitment.Json.Span, disclosures, digest);
                disclosures.Raw("\n"u8);
                salts = salts[Disclosure.SaltBytes..];
                json.String(commitment.Name);
                json.Raw(":\""u8);
                json.Raw(digest);
                json.Raw("\""u8);
            }

            json.Raw("},"u8);
        }

        if (draft.Coverage is { } coverage)
        {
            Disclosure.Write(salts[..Disclosure.SaltBytes], "coverage", coverage.List.Span, disclosures, digest);
            disclosures.Raw("\n"u8);
            json.Raw("\"coverage\":{\"bytes\":"u8);
            json.Integer(coverage.Bytes);
            json.Raw(",\"digest\":\""u8);
            json.Raw(digest);
            json.Raw("\",\"parts\":"u8);
            json.Integer(coverage.Parts);
            json.Raw("},"u8);
        }
    }

    /// <summary>Sorted by ordinal, equal names are neighbours; the narrow alphabet makes ordinal order the canonical one.</summary>
    private static void CheckName(string name, string? previous)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters) || name == previous)
        {
            throw new ArgumentException($"'{name}' is not a name of lower-case letters and underscores, or stands twice.", nameof(name));
        }
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");
}
