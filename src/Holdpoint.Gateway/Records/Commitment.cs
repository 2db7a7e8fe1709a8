using System.Text.Json;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Records;

/// <summary>A private value that a record commits to.</summary>
/// <param name="Name">Lower-case letters and underscores. <c>coverage</c> and <c>principal</c> are the record's own.</param>
/// <param name="Json">The value: one JSON value in UTF-8.</param>
internal readonly record struct Commitment(string Name, ReadOnlyMemory<byte> Json)
{
    private static ReadOnlySpan<byte> DigestPrefix => "\"sha256:"u8;

    public static Commitment OfText(string name, string value) =>
        new(name, JsonSerializer.SerializeToUtf8Bytes(value, RecordJson.Default.String));

    /// <summary>Commits to a digest, as the string <c>sha256:</c> and 64 lower-case hex digits.</summary>
    public static Commitment OfDigest(string name, Hash digest)
    {
        var json = new byte[DigestPrefix.Length + (2 * Hash.Size) + 1];
        DigestPrefix.CopyTo(json);
        digest.WriteHex(json.AsSpan(DigestPrefix.Length));
        json[^1] = (byte)'"';
        return new(name, json);
    }
}
