using System.Buffers.Text;
using System.Text;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// A salted commitment as in SD-JWT (RFC 9901 §4.2): the disclosure is base64url of the JSON array [salt, name, value], and what
/// stands in public is base64url of the SHA-256 of the disclosure's ASCII bytes. Who has the disclosure can show the value; without it,
/// 128 random bits keep even a guessable value unconfirmed.
/// </summary>
internal static class Disclosure
{
    public const int SaltBytes = 16;

    /// <summary>Length of a digest as it stands in a record: 43 characters.</summary>
    public const int DigestLength = 43;

    /// <summary>Writes the disclosure to <paramref name="disclosures"/> and its digest to <paramref name="digest"/> (43 bytes).</summary>
    /// <param name="salt">16 random bytes, used for nothing else.</param>
    /// <param name="name">Lower-case letters and underscores.</param>
    /// <param name="value">One JSON value in UTF-8.</param>
    /// <param name="disclosures">Where the disclosure is appended.</param>
    /// <param name="digest">Where the digest goes.</param>
    public static void Write(ReadOnlySpan<byte> salt, string name, ReadOnlySpan<byte> value, CanonicalWriter disclosures, Span<byte> digest)
    {
        var array = Scratch ??= new CanonicalWriter();
        array.Clear();
        array.Raw("[\""u8);
        array.Base64(salt);
        array.Raw("\","u8);
        array.String(name);
        array.Raw(","u8);
        array.Raw(value);
        array.Raw("]"u8);

        var start = disclosures.Length;
        disclosures.Base64(array.Written);
        DigestOf(disclosures.Written[start..], digest);
    }

    /// <summary>The digest of a disclosure.</summary>
    public static string DigestOf(string disclosure)
    {
        Span<byte> digest = stackalloc byte[DigestLength];
        DigestOf(Encoding.ASCII.GetBytes(disclosure), digest);
        return Encoding.ASCII.GetString(digest);
    }

    private static void DigestOf(ReadOnlySpan<byte> disclosure, Span<byte> digest)
    {
        Span<byte> hash = stackalloc byte[Hash.Size];
        Hash.Of(disclosure).CopyTo(hash);
        Base64Url.EncodeToUtf8(hash, digest);
    }

    [ThreadStatic]
    private static CanonicalWriter? Scratch;
}
