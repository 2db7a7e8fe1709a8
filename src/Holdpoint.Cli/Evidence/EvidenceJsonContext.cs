using System.Text.Json;
using System.Text.Json.Serialization;

namespace Holdpoint.Cli.Evidence;

/// <summary><c>keygen signer --json</c> (docs/reference/evidence.md).</summary>
/// <param name="Key">The public key, base64.</param>
/// <param name="KeyId">The <c>keyid</c> of its envelopes.</param>
/// <param name="Config">The line for <c>issuers:</c>.</param>
internal sealed record SignerAnswer(string Key, string KeyId, string Config);

/// <summary><c>keygen client --json</c>.</summary>
/// <param name="Key">The key itself: secret.</param>
/// <param name="KeySha256">What the configuration keeps of it.</param>
/// <param name="Config">The line for <c>clients:</c>.</param>
internal sealed record ClientAnswer(string Key, [property: JsonPropertyName("key_sha256")] string KeySha256, string Config);

/// <summary><c>attest --json</c>.</summary>
/// <param name="Id">The evidence id: what a call names once the file is posted.</param>
/// <param name="Statement">SHA-256 of the signed payload: names the statement in whatever envelope.</param>
/// <param name="Predicate">Its predicate.</param>
/// <param name="Chunks">Distinct lines that it attests.</param>
/// <param name="Root">The Merkle root over them; null when there are none.</param>
/// <param name="Files">What was found in each subject.</param>
internal sealed record AttestAnswer(
    string Id, string Statement, string Predicate, int Chunks, string? Root, IReadOnlyList<FileAnswer> Files);

/// <summary>One subject of <c>attest --json</c>.</summary>
/// <param name="Name">Its file name, without the folder.</param>
/// <param name="Sha256">SHA-256 of the whole file.</param>
/// <param name="Text">Whether it is UTF-8; only text has lines.</param>
/// <param name="Lines">Lines, empty ones left out.</param>
/// <param name="TooShort">Those of fewer than 64 bytes: they stay unattested.</param>
internal sealed record FileAnswer(string Name, string Sha256, bool Text, long Lines, long TooShort);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SignerAnswer))]
[JsonSerializable(typeof(ClientAnswer))]
[JsonSerializable(typeof(AttestAnswer))]
internal sealed partial class EvidenceJsonContext : JsonSerializerContext
{
}
