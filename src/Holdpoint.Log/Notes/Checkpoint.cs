using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Holdpoint.Log.Tree;

namespace Holdpoint.Log.Notes;

/// <summary>
/// A log's tree head (C2SP tlog-checkpoint): the log's origin, how many leaves, and their RFC 6962 root. Immutable, thread-safe.
/// </summary>
/// <param name="Origin">The log's identity; also its key's name. Not empty, no newline.</param>
/// <param name="Size">Number of leaves, from 0.</param>
/// <param name="Root">The root of those leaves; of none, <see cref="MerkleTree.EmptyRoot"/>.</param>
public sealed record Checkpoint(string Origin, long Size, Hash Root)
{
    /// <summary>Further lines, opaque, each not empty and ended by a newline; usually "". We write none.</summary>
    public string Extension { get; private init; } = "";

    /// <summary>
    /// Reads the text of a checkpoint, without signatures. Stricter than some readers: the root has 32 bytes, the size at most 2^63 − 1,
    /// and a log of size 0 has the empty root.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> text, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? fault)
    {
        checkpoint = null;
        fault = null;
        if (!NoteText.IsAllowed(text) || text.IsEmpty || text[^1] != (byte)'\n')
        {
            fault = "the checkpoint is not UTF-8 lines, each ended by a newline";
        }
        else if (Encoding.UTF8.GetString(text[..^1]).Split('\n') is not [{ Length: > 0 } origin, var size, var root, .. var extension])
        {
            fault = "a checkpoint has at least three lines: origin, size, root";
        }
        else if (!TryParseNumber(size, out var leaves))
        {
            fault = "the checkpoint's size is not a decimal number of at most 2^63 − 1 without leading zeros";
        }
        else if (!Hash.TryParseBase64(root, out var hash))
        {
            fault = "the checkpoint's root is not base64 of 32 bytes";
        }
        else if (leaves == 0 && hash != MerkleTree.EmptyRoot)
        {
            fault = "the checkpoint's size is 0, but its root is not that of an empty tree";
        }
        else if (extension.Contains(""))
        {
            fault = "the checkpoint has an empty line";
        }
        else
        {
            checkpoint = new(origin, leaves, hash) { Extension = string.Concat(extension.Select(line => line + "\n")) };
        }

        return checkpoint is not null;
    }

    /// <summary>
    /// Reads a signed checkpoint and verifies it: signed by <paramref name="key"/>, and of the origin that the key is named after.
    /// </summary>
    public static bool TryOpen(
        ReadOnlySpan<byte> note, VerifierKey key, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(key);
        checkpoint = null;
        if (!SignedNote.TryParse(note, out var signed, out fault))
        {
            return false;
        }

        if (!signed.IsSignedBy(key))
        {
            fault = $"the checkpoint has no valid signature of {key.Name} (key id {key.KeyId:x8})";
            return false;
        }

        if (!TryParse(signed.Text.Span, out var read, out fault))
        {
            return false;
        }

        if (read.Origin != key.Name)
        {
            fault = $"the checkpoint is of the log {read.Origin}, the key of {key.Name}";
            return false;
        }

        checkpoint = read;
        return true;
    }

    /// <summary>The checkpoint as a note signed by its log.</summary>
    /// <exception cref="ArgumentException">The signer's name is not the origin, or the checkpoint is not well-formed.</exception>
    public byte[] Sign(NoteSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        if (signer.Name != Origin)
        {
            throw new ArgumentException($"The signer is {signer.Name}, the checkpoint's origin {Origin}.", nameof(signer));
        }

        var text = Encoding.UTF8.GetBytes(ToString());
        return TryParse(text, out _, out var fault) ? signer.Sign(text) : throw new ArgumentException(fault, nameof(signer));
    }

    /// <summary>The text that is signed.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n{Extension}");

    /// <summary>A non-negative decimal without sign, spaces or leading zeros, as C2SP formats write sizes and indexes.</summary>
    internal static bool TryParseNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (text.Length == 1 || text[0] != '0');
}
