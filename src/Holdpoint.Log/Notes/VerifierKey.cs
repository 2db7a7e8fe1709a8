using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Holdpoint.Log.Signing;

namespace Holdpoint.Log.Notes;

/// <summary>
/// A named public key that verifies notes: C2SP signed-note's "vkey" text <c>name+hhhhhhhh+base64(type ‖ key)</c>. Immutable, thread-safe.
/// </summary>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    /// <summary>Longest vkey text that is read, in characters; room for a long URL as name.</summary>
    public const int MaxLength = 1_024;

    /// <summary>A key under a name.</summary>
    /// <exception cref="ArgumentException">The name is empty or has a space, a control character or a plus.</exception>
    public VerifierKey(string name, Ed25519PublicKey publicKey, NoteKeyType type = NoteKeyType.Ed25519)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(publicKey);
        if (!NoteText.IsKeyName(name))
        {
            throw new ArgumentException("A key name is not empty and has no space, no control character and no plus.", nameof(name));
        }

        Name = name;
        PublicKey = publicKey;
        Type = type;
        KeyId = IdOf(name, type, publicKey.Bytes);
    }

    /// <summary>The key's name; of a log, its origin.</summary>
    public string Name { get; }

    /// <summary>First four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ key). A hint that finds the key, no security.</summary>
    public uint KeyId { get; }

    /// <summary>What the key signs.</summary>
    public NoteKeyType Type { get; }

    /// <summary>The key itself.</summary>
    public Ed25519PublicKey PublicKey { get; }

    /// <summary>Reads a vkey text; <paramref name="fault"/> says what is wrong with one that is not accepted.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VerifierKey? key, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        fault = Read(text, out var read);
        if (fault is not null)
        {
            return false;
        }

        key = read!;
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, where an unreadable key is an error.</summary>
    /// <exception cref="FormatException">The text is no acceptable verifier key.</exception>
    public static VerifierKey Parse(string text) =>
        TryParse(text, out var key, out var fault) ? key : throw new FormatException(fault);

    /// <summary>
    /// Whether <paramref name="signature"/> (the bytes after the key id) is this key's over the note text, its final newline included.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Type switch
    {
        NoteKeyType.Ed25519 => PublicKey.Verify(text, signature),
        NoteKeyType.Cosignature => Cosignature.TryParse(signature, out var cosignature)
            && PublicKey.Verify(cosignature.MessageFor(text), cosignature.Signature.Span),
        _ => false,
    };

    /// <summary>The vkey text.</summary>
    public override string ToString() =>
        $"{Name}+{KeyId:x8}+{Convert.ToBase64String([(byte)Type, .. PublicKey.Bytes])}";

    /// <inheritdoc/>
    public bool Equals(VerifierKey? other) =>
        other is not null && Name == other.Name && Type == other.Type && PublicKey.Equals(other.PublicKey);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, KeyId);

    internal static uint IdOf(string name, NoteKeyType type, ReadOnlySpan<byte> publicKey)
    {
        byte[] hashed = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(hashed));
    }

    private static string? Read(string text, out VerifierKey? key)
    {
        key = null;
        if (text.Length > MaxLength)
        {
            return $"the verifier key is longer than {MaxLength} characters";
        }

        // The name has no plus and hex has none; base64 may: so the first two separate.
        if (text.Split('+', 3) is not [var name, var id, var material])
        {
            return "a verifier key has three parts: name+hash+base64";
        }

        if (!NoteText.IsKeyName(name))
        {
            return "the verifier key's name is empty or has a space or a control character";
        }

        if (id.Length != 8 || id.AsSpan().ContainsAnyInRange('A', 'F')
            || !uint.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId))
        {
            return "the verifier key's hash is not 8 lower-case hex digits";
        }

        if (!StrictBase64.TryDecode(material, out var bytes) || bytes.Length < 2)
        {
            return "the verifier key's third part is not base64 of a type byte and a key";
        }

        var type = (NoteKeyType)bytes[0];
        if (type is not (NoteKeyType.Ed25519 or NoteKeyType.Cosignature))
        {
            return $"the verifier key is of type 0x{bytes[0]:x2}; supported are 0x01 (Ed25519) and 0x04 (cosignature)";
        }

        if (!Ed25519PublicKey.TryFromBytes(bytes.AsSpan(1), out var publicKey, out var fault))
        {
            return fault;
        }

        if (keyId != IdOf(name, type, publicKey.Bytes))
        {
            return "the verifier key's hash does not match its name and key; was it mistyped?";
        }

        key = new(name, publicKey, type);
        return null;
    }
}
