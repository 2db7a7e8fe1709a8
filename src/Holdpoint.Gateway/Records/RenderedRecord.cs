using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Holdpoint.Log;
using Holdpoint.Log.Json;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// A draft as canonical JSON, complete but for <c>prev</c> and <c>seq</c>, which only the writer knows. Made on the caller's thread, so
/// that the one writer only joins, hashes and stores.
/// </summary>
internal sealed class RenderedRecord
{
    /// <summary>
    /// Largest private part of one record, in bytes. 8 MiB holds the coverage of the 8,192 parts that a call may have, several times.
    /// </summary>
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
    public static RenderedRecord Of(RecordDraft draft, string gateway, Pseudonym? subject, DateTimeOffset time)
    {
        var json = RecordScratch ??= new CanonicalWriter();
        var disclosures = DisclosureScratch ??= new CanonicalWriter();
        json.Clear();
        disclosures.Clear();

        var rendering = new RecordRendering(draft, gateway, subject?.Text, time, json, disclosures) { Salts = SaltsFor(draft) };
        json.Raw("{"u8);
        foreach (var member in RecordMembers.Sorted)
        {
            member.Write(ref rendering);
        }

        json.Raw("}"u8);
        if (json.Length + PrevLength + MaxSeqLength > RecordProfile.MaxBytes || disclosures.Length > MaxDisclosureBytes)
        {
            throw new RecordUnavailableException(RecordFault.TooLarge);
        }

        return new RenderedRecord(json.Written.ToArray(), rendering.PrevAt, rendering.SeqAt, disclosures.Written.ToArray());
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

    /// <summary>One call for all salts of a record: the generator's cost is per call.</summary>
    private static Span<byte> SaltsFor(RecordDraft draft)
    {
        var count = draft.Commitments.Length + (draft.Coverage is null ? 0 : 1);
        if (count == 0)
        {
            return [];
        }

        var salts = new byte[count * Disclosure.SaltBytes];
        RandomNumberGenerator.Fill(salts);
        return salts;
    }
}
