using System.Collections.Immutable;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// One record as it is being written: its source, the two texts that it becomes, and the values that members have in common.
/// </summary>
/// <param name="draft">What is recorded.</param>
/// <param name="gateway">The gateway's name.</param>
/// <param name="pseudonym">Of the principal; null without one.</param>
/// <param name="time">When it is recorded.</param>
/// <param name="json">The record.</param>
/// <param name="disclosures">Its private part.</param>
internal ref struct RecordRendering(
    RecordDraft draft, string gateway, string? pseudonym, DateTimeOffset time, CanonicalWriter json, CanonicalWriter disclosures)
{
    public readonly RecordDraft Draft => draft;

    public readonly string Gateway => gateway;

    public readonly string? Pseudonym => pseudonym;

    public readonly DateTimeOffset Time => time;

    public readonly CanonicalWriter Json => json;

    public readonly CanonicalWriter Disclosures => disclosures;

    /// <summary>The place of the digits of <c>prev</c>.</summary>
    public int PrevAt { get; set; }

    /// <summary>The place of the digits of <c>seq</c>.</summary>
    public int SeqAt { get; set; }

    public readonly void Texts(ImmutableArray<string> values)
    {
        json.Raw("["u8);
        for (var i = 0; i < values.Length; i++)
        {
            json.Raw(i == 0 ? ""u8 : ","u8);
            json.String(values[i]);
        }

        json.Raw("]"u8);
    }

    /// <summary>Text that needs no escape.</summary>
    public readonly void Plain(scoped ReadOnlySpan<byte> text) => json.Plain(text);

    public readonly void Digest(Hash hash)
    {
        Span<byte> hex = stackalloc byte[2 * Hash.Size];
        hash.WriteHex(hex);
        Plain(hex);
    }

    /// <summary>Writes a private value into the disclosures and the commitment to it into the record.</summary>
    public readonly void Commit(string name, ReadOnlySpan<byte> value)
    {
        Span<byte> salt = stackalloc byte[Disclosure.SaltBytes];
        Span<byte> digest = stackalloc byte[Disclosure.DigestLength];
        Salts.Take(salt);
        Disclosure.Write(salt, name, value, disclosures, digest);
        disclosures.Raw("\n"u8);
        Plain(digest);
    }
}
