using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Holdpoint.Log.Notes;

namespace Holdpoint.Log.Receipts;

/// <summary>
/// A receipt: the text form of "this entry is in that log" (C2SP tlog-proof). Parsing verifies nothing. Immutable, thread-safe.
/// </summary>
/// <param name="Index">The entry's index, from 0.</param>
/// <param name="Proof">Sibling hashes from the leaf's up to the root's child; at most 63.</param>
/// <param name="Checkpoint">The log's signed checkpoint, byte for byte.</param>
public sealed record TlogProof(long Index, ImmutableArray<Hash> Proof, ReadOnlyMemory<byte> Checkpoint)
{
    /// <summary>Largest receipt that is read, in bytes: the largest note, 63 hashes and room for extra data.</summary>
    public const int MaxBytes = SignedNote.MaxBytes + 65_536;

    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraPrefix = "extra ";
    private const string IndexPrefix = "index ";

    /// <summary>
    /// Opaque data beside the proof, authenticated by nothing; null when the receipt has none. We write none and trust none.
    /// </summary>
    public byte[]? Extra { get; init; }

    /// <summary>Reads a receipt; <paramref name="fault"/> says what is wrong with one that is not well-formed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out TlogProof? proof, [NotNullWhen(false)] out string? fault)
    {
        fault = Read(text, out proof);
        return proof is not null;
    }

    /// <summary>The receipt's bytes.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is { } extra)
        {
            text.Append(ExtraPrefix).Append(Convert.ToBase64String(extra)).Append('\n');
        }

        text.Append(IndexPrefix).Append(System.Globalization.CultureInfo.InvariantCulture, $"{Index}\n");
        foreach (var hash in Proof)
        {
            text.Append(hash.ToBase64()).Append('\n');
        }

        text.Append('\n');
        return [.. Encoding.ASCII.GetBytes(text.ToString()), .. Checkpoint.Span];
    }

    private static string? Read(ReadOnlySpan<byte> text, out TlogProof? proof)
    {
        proof = null;
        if (text.Length > MaxBytes)
        {
            return $"the receipt is larger than {MaxBytes} bytes";
        }

        if (!NoteText.IsAllowed(text))
        {
            return "the receipt is not UTF-8 without control characters";
        }

        var blank = text.IndexOf("\n\n"u8);
        if (blank < 0)
        {
            return "the receipt has no empty line before its checkpoint";
        }

        var lines = Encoding.UTF8.GetString(text[..blank]).Split('\n').AsSpan();
        if (lines[0] != Header)
        {
            return $"the receipt's first line is not {Header}";
        }

        lines = lines[1..];
        byte[]? extra = null;
        if (lines is [var line, ..] && line.StartsWith(ExtraPrefix, StringComparison.Ordinal))
        {
            if (!StrictBase64.TryDecode(line.AsSpan(ExtraPrefix.Length), out extra))
            {
                return "the receipt's extra data is not base64";
            }

            lines = lines[1..];
        }

        if (lines.IsEmpty || !lines[0].StartsWith(IndexPrefix, StringComparison.Ordinal)
            || !Notes.Checkpoint.TryParseNumber(lines[0].AsSpan(IndexPrefix.Length), out var index))
        {
            return "the receipt has no line \"index \" with a decimal number without leading zeros";
        }

        lines = lines[1..];
        if (lines.Length > Tree.InclusionProof.MaxHashes)
        {
            return $"the receipt has more than {Tree.InclusionProof.MaxHashes} hashes";
        }

        var hashes = ImmutableArray.CreateBuilder<Hash>(lines.Length);
        foreach (var encoded in lines)
        {
            if (!Hash.TryParseBase64(encoded, out var hash))
            {
                return $"hash {hashes.Count + 1} of the receipt is not base64 of 32 bytes";
            }

            hashes.Add(hash);
        }

        proof = new(index, hashes.MoveToImmutable(), text[(blank + 2)..].ToArray()) { Extra = extra };
        return null;
    }
}
