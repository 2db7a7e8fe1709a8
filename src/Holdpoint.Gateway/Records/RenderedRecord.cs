using System.Diagnostics;
using System.Globalization;
using Holdpoint.Log;
using Holdpoint.Log.Json;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// A draft as canonical JSON, complete but for <c>prev</c> and <c>seq</c>, which only the writer knows. Made on the caller's thread, so
/// that the one writer only joins, hashes and stores. Its memory is used again for other records (<see cref="RenderedRecords"/>). Not
/// thread-safe.
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

    private readonly CanonicalWriter _json = new();
    private readonly CanonicalWriter _disclosures = new();
    private int _prevAt;
    private int _seqAt;

    /// <summary>The private part: one disclosure per line, in the order of their names; empty when there is none.</summary>
    public ReadOnlySpan<byte> Disclosures => _disclosures.Written;

    /// <summary>Bytes of both parts.</summary>
    public int Length => _json.Length + _disclosures.Length;

    /// <summary>Bytes of the memory that it holds, written or not.</summary>
    public int Capacity => _json.Capacity + _disclosures.Capacity;

    /// <summary>Becomes another record.</summary>
    /// <exception cref="RecordUnavailableException">Too large.</exception>
    /// <exception cref="ArgumentException">A field is not what its documentation asks for.</exception>
    public void Render(RecordDraft draft, string gateway, Pseudonym? subject, DateTimeOffset time)
    {
        Clear();
        var rendering = new RecordRendering(draft, gateway, subject?.Text, time, _json, _disclosures);
        _json.Raw("{"u8);
        foreach (var member in RecordMembers.Sorted)
        {
            member.Write(ref rendering);
        }

        _json.Raw("}"u8);
        if (_json.Length + PrevLength + MaxSeqLength > RecordProfile.MaxBytes || _disclosures.Length > MaxDisclosureBytes)
        {
            throw new RecordUnavailableException(RecordFault.TooLarge);
        }

        (_prevAt, _seqAt) = (rendering.PrevAt, rendering.SeqAt);
    }

    /// <summary>Forgets the record; what was private in it is overwritten.</summary>
    public void Clear()
    {
        _json.Clear();
        _disclosures.Erase();
    }

    /// <summary>Writes the whole record to the start of <paramref name="destination"/>, which has room for the largest one.</summary>
    /// <returns>The record's length in bytes.</returns>
    public int Complete(Hash prev, long seq, Span<byte> destination)
    {
        var json = _json.Written;
        var rest = Copy(json[.._prevAt], destination);
        prev.WriteHex(rest);
        rest = Copy(json[_prevAt.._seqAt], rest[PrevLength..]);
        if (!seq.TryFormat(rest, out var digits, default, CultureInfo.InvariantCulture))
        {
            throw new UnreachableException();
        }

        rest = Copy(json[_seqAt..], rest[digits..]);
        return destination.Length - rest.Length;
    }

    private static Span<byte> Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        return to[from.Length..];
    }
}
