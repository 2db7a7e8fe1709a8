using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Holdpoint.Log.Notes;

/// <summary>
/// A text with signature lines (C2SP signed-note). Parsing verifies nothing: ignore <see cref="Text"/> until <see cref="IsSignedBy"/>.
/// Immutable, thread-safe.
/// </summary>
public sealed class SignedNote
{
    /// <summary>
    /// Largest note that is read, in bytes: the 16 signatures that must be accepted, were they all post-quantum, twice over.
    /// </summary>
    public const int MaxBytes = 262_144;

    /// <summary>Most signature lines that are read; at least 16 must be accepted, golang.org/x/mod/sumdb/note accepts 100.</summary>
    public const int MaxSignatures = 100;

    private SignedNote(ReadOnlyMemory<byte> text, ImmutableArray<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    private static ReadOnlySpan<byte> LineStart => "— "u8;

    /// <summary>What is signed, with its final newline and without the blank line.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The signature lines in their order; at least one.</summary>
    public ImmutableArray<NoteSignature> Signatures { get; }

    /// <summary>Reads a note; <paramref name="fault"/> says what is wrong with one that is not well-formed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> note, [NotNullWhen(true)] out SignedNote? signed, [NotNullWhen(false)] out string? fault)
    {
        signed = null;
        fault = null;
        if (note.Length > MaxBytes)
        {
            fault = $"the note is larger than {MaxBytes} bytes";
            return false;
        }

        if (!NoteText.IsAllowed(note))
        {
            fault = "the note is not UTF-8 without control characters";
            return false;
        }

        var blank = note.LastIndexOf("\n\n"u8);
        if (blank < 0 || note[^1] != (byte)'\n' || blank + 2 == note.Length)
        {
            fault = "the note is not a text, an empty line and signature lines, each ended by a newline";
            return false;
        }

        var signatures = ImmutableArray.CreateBuilder<NoteSignature>();
        for (var rest = note[(blank + 2)..]; !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            if (ReadLine(rest[..end]) is not { } signature || signatures.Count == MaxSignatures)
            {
                fault = signatures.Count == MaxSignatures
                    ? $"the note has more than {MaxSignatures} signatures"
                    : $"signature line {signatures.Count + 1} of the note is malformed";
                return false;
            }

            signatures.Add(signature);
            rest = rest[(end + 1)..];
        }

        signed = new(note[..(blank + 1)].ToArray(), signatures.ToImmutable());
        return true;
    }

    /// <summary>
    /// True when <paramref name="key"/> has signed, and every signature under its name and key id verifies: one that does not spoils the
    /// note. Signatures of other keys play no part.
    /// </summary>
    public bool IsSignedBy(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = false;
        foreach (var signature in Signatures)
        {
            if (signature.KeyId == key.KeyId && signature.Name == key.Name)
            {
                if (!key.Verify(Text.Span, signature.Signature.Span))
                {
                    return false;
                }

                found = true;
            }
        }

        return found;
    }

    /// <summary>The note of <paramref name="text"/> with <paramref name="signatures"/>.</summary>
    /// <exception cref="ArgumentException">The text is not allowed in a note or does not end in a newline.</exception>
    internal static byte[] Write(ReadOnlySpan<byte> text, params ReadOnlySpan<NoteSignature> signatures)
    {
        if (text.IsEmpty || text[^1] != (byte)'\n' || !NoteText.IsAllowed(text))
        {
            throw new ArgumentException("A note's text is UTF-8 without control characters and ends in a newline.", nameof(text));
        }

        var lines = new StringBuilder("\n");
        Span<byte> id = stackalloc byte[4];
        foreach (var signature in signatures)
        {
            BinaryPrimitives.WriteUInt32BigEndian(id, signature.KeyId);
            lines.Append("— ").Append(signature.Name).Append(' ')
                .Append(Convert.ToBase64String([.. id, .. signature.Signature.Span])).Append('\n');
        }

        return [.. text, .. Encoding.UTF8.GetBytes(lines.ToString())];
    }

    private static NoteSignature? ReadLine(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(LineStart))
        {
            return null;
        }

        line = line[LineStart.Length..];
        var space = line.IndexOf((byte)' ');
        if (space < 0)
        {
            return null;
        }

        var name = Encoding.UTF8.GetString(line[..space]);
        return NoteText.IsKeyName(name)
            && StrictBase64.TryDecode(Encoding.UTF8.GetString(line[(space + 1)..]), out var bytes)
            && bytes.Length > sizeof(uint)
                ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint)))
                : null;
    }
}
