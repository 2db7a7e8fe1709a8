using System.Security.Cryptography;
using System.Text;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// Encrypts what a hold keeps: AES-256-GCM under a key of the hold's own, derived from a secret that is not in the database (ADR 0141).
/// Thread-safe.
/// </summary>
/// <remarks>
/// The hold's id and the content's name are authenticated with it, so nobody can put one hold's content in another's place.
/// </remarks>
internal sealed class ContentSeal
{
    private const byte Version = 1;
    private const int SecretBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = 1 + NonceBytes + TagBytes;

    private readonly byte[] _secret;

    internal ContentSeal(byte[] secret) => _secret = secret;

    /// <summary>Reads the secret, 32 bytes as hex digits, or makes it, readable by this user alone.</summary>
    /// <exception cref="GatewayStartException">
    /// The file holds something else, cannot be read, or others than its owner can read it too.
    /// </exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static ContentSeal Open(string path)
    {
        if (!File.Exists(path))
        {
            DurableFile.Create(path, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)) + "\n"));
        }

        return Read(path);
    }

    /// <summary>Reads the secret where there is one.</summary>
    /// <exception cref="GatewayStartException">As for <see cref="Open(string)"/>.</exception>
    public static void Check(string path)
    {
        if (File.Exists(path))
        {
            _ = Read(path);
        }
    }

    private static ContentSeal Read(string path)
    {
        var text = TextOf(path);
        return text.Length == 2 * SecretBytes && text.All(char.IsAsciiHexDigit)
            ? new(Convert.FromHexString(text))
            : throw new GatewayStartException("holds.key_file does not hold 64 hex digits; restore it, or remove it to have a new one "
                + "made: what is kept of open holds is then lost");
    }

    /// <summary>A secret of 32 bytes for another purpose, which says nothing of what is sealed here.</summary>
    public byte[] KeyFor(string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, _secret, SecretBytes, info: Encoding.ASCII.GetBytes($"holdpoint {purpose}"));

    public byte[] Seal(HoldId hold, string name, ReadOnlySpan<byte> content)
    {
        var sealedContent = new byte[HeadBytes + content.Length];
        sealedContent[0] = Version;
        var nonce = sealedContent.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = AesOf(hold);
        aes.Encrypt(nonce, content, sealedContent.AsSpan(HeadBytes), sealedContent.AsSpan(1 + NonceBytes, TagBytes), PlaceOf(hold, name));
        return sealedContent;
    }

    /// <summary>The content; null when it was sealed with another secret, for another place, or was changed.</summary>
    public byte[]? Open(HoldId hold, string name, ReadOnlySpan<byte> sealedContent)
    {
        if (sealedContent.Length < HeadBytes || sealedContent[0] != Version)
        {
            return null;
        }

        var content = new byte[sealedContent.Length - HeadBytes];
        using var aes = AesOf(hold);
        try
        {
            aes.Decrypt(
                sealedContent.Slice(1, NonceBytes), sealedContent[HeadBytes..],
                sealedContent.Slice(1 + NonceBytes, TagBytes), content, PlaceOf(hold, name));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null; // the framework's way to say it; there is no Try form
        }
    }

    private static string TextOf(string path)
    {
        try
        {
            return KeyFileReader.ReadText(path).Trim();
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new GatewayStartException($"holds.key_file: {FileFault.Of(e)}", e);
        }
    }

    private AesGcm AesOf(HoldId hold)
    {
        Span<byte> key = stackalloc byte[SecretBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, key, salt: default, Encoding.ASCII.GetBytes($"holdpoint hold content v1 {hold}"));
        var aes = new AesGcm(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);
        return aes;
    }

    private static byte[] PlaceOf(HoldId hold, string name) => Encoding.ASCII.GetBytes($"{hold}/{name}");
}
