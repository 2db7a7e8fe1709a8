using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Holdpoint.Log.Signing;

namespace Holdpoint.Log.Notes;

/// <summary>
/// A named private key that signs notes. Its text, the content of a log's key file, is the one golang.org/x/mod/sumdb/note reads:
/// <c>PRIVATE+KEY+name+hhhhhhhh+base64(0x01 ‖ seed)</c>. Owns its key; thread-safe; dispose it to wipe the key.
/// </summary>
public sealed class NoteSigner : IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly Ed25519PrivateKey _key;

    /// <summary>Signs as <paramref name="name"/> with <paramref name="key"/>, which it owns from now on.</summary>
    /// <exception cref="ArgumentException">The name is empty or has a space, a control character or a plus.</exception>
    public NoteSigner(string name, Ed25519PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        VerifierKey = new(name, key.PublicKey);
        _key = key;
    }

    /// <summary>The key that verifies what this signs.</summary>
    public VerifierKey VerifierKey { get; }

    /// <summary>The signer's name; of a log, its origin.</summary>
    public string Name => VerifierKey.Name;

    /// <summary>A signer with a new key.</summary>
    /// <exception cref="ArgumentException">The name is empty or has a space, a control character or a plus.</exception>
    public static NoteSigner Generate(string name) => new(name, Ed25519PrivateKey.Generate());

    /// <summary>
    /// Reads the text of a private key, with or without a final newline; <paramref name="fault"/> says what is
    /// wrong and holds nothing of the key.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NoteSigner? signer, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        signer = null;
        fault = null;
        var key = text.EndsWith('\n') ? text[..^1] : text;
        if (!key.StartsWith(Prefix, StringComparison.Ordinal)
            || key[Prefix.Length..].Split('+', 3) is not [var name, var id, var material]
            || !NoteText.IsKeyName(name)
            || !StrictBase64.TryDecode(material, out var bytes)
            || bytes.Length != 1 + Ed25519PrivateKey.SeedSize
            || bytes[0] != (byte)NoteKeyType.Ed25519)
        {
            fault = "the private key is not PRIVATE+KEY+name+hash+base64 of an Ed25519 key";
            return false;
        }

        var read = new NoteSigner(name, Ed25519PrivateKey.FromSeed(bytes.AsSpan(1)));
        CryptographicOperations.ZeroMemory(bytes);
        if (id != read.VerifierKey.KeyId.ToString("x8", CultureInfo.InvariantCulture))
        {
            read.Dispose();
            fault = "the private key's hash does not match its name and key";
            return false;
        }

        signer = read;
        return true;
    }

    /// <summary>The note of <paramref name="text"/>, signed.</summary>
    /// <exception cref="ArgumentException">The text is not UTF-8, has control characters or does not end in a newline.</exception>
    public byte[] Sign(ReadOnlySpan<byte> text) =>
        SignedNote.Write(text, new NoteSignature(Name, VerifierKey.KeyId, _key.Sign(text)));

    /// <summary>The private key's text, without a newline: a secret.</summary>
    public string ExportPrivateKey()
    {
        var seed = _key.ExportSeed();
        var text = $"{Prefix}{Name}+{VerifierKey.KeyId:x8}+{Convert.ToBase64String([(byte)NoteKeyType.Ed25519, .. seed])}";
        CryptographicOperations.ZeroMemory(seed);
        return text;
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _key.Dispose();
}
