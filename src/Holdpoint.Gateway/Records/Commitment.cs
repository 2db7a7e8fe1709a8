using System.Text.Json;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Records;

/// <summary>A private value that a record commits to.</summary>
/// <param name="Name">Lower-case letters and underscores. <c>coverage</c> and <c>principal</c> are the record's own.</param>
/// <param name="Json">The value: one JSON value in UTF-8.</param>
internal readonly record struct Commitment(string Name, ReadOnlyMemory<byte> Json)
{
    public static Commitment OfText(string name, string value) =>
        new(name, JsonSerializer.SerializeToUtf8Bytes(value, RecordJson.Default.String));

    /// <summary>Commits to a digest, as the string <c>sha256:</c> and 64 lower-case hex digits.</summary>
    public static Commitment OfDigest(string name, Hash digest) => OfText(name, "sha256:" + digest.ToHex());
}
