using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Holdpoint.Log.Signing;

namespace Holdpoint.Evidence.Signing;

/// <summary>
/// A signer's private key as text: PKCS #8 (RFC 8410 §7, without attributes) in PEM (RFC 7468 §10), the form that
/// <c>openssl genpkey -algorithm ed25519</c> writes and other tools read. Not encrypted: the file's mode protects it.
/// </summary>
public static class SignerKeyPem
{
    private const string Label = "PRIVATE KEY";

    // DER of OneAsymmetricKey version 0, algorithm 1.3.101.112 (Ed25519), before the 32 bytes of the seed; it has no optional part.
    private static ReadOnlySpan<byte> Prefix =>
        [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    /// <summary>The text to write to a key file. It is secret.</summary>
    public static string Write(Ed25519PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var seed = key.ExportSeed();
        byte[] der = [.. Prefix, .. seed];
        var pem = PemEncoding.WriteString(Label, der);
        CryptographicOperations.ZeroMemory(seed);
        CryptographicOperations.ZeroMemory(der);
        return pem + "\n";
    }

    /// <summary>
    /// Reads the text of a key file; false for any other text, and for a key of another algorithm. The caller disposes the key.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> pem, [NotNullWhen(true)] out Ed25519PrivateKey? key)
    {
        key = null;
        if (!PemEncoding.TryFind(pem, out var fields) || !pem[fields.Label].SequenceEqual(Label))
        {
            return false;
        }

        var der = new byte[fields.DecodedDataLength];
        if (Convert.TryFromBase64Chars(pem[fields.Base64Data], der, out var length)
            && length == Prefix.Length + Ed25519PrivateKey.SeedSize
            && der.AsSpan().StartsWith(Prefix))
        {
            key = Ed25519PrivateKey.FromSeed(der.AsSpan(Prefix.Length));
        }

        CryptographicOperations.ZeroMemory(der);
        return key is not null;
    }
}
