using System.Text.Json.Serialization;
using Holdpoint.Log.Receipts;
using Holdpoint.Log.Verification;

namespace Holdpoint.Cli.Log;

/// <summary><c>verify receipt --json</c>.</summary>
internal sealed record ReceiptAnswer(
    bool Verified, string? Origin, long? Index, long? Size, string? Root, string? Leaf, ReceiptAnswer.FaultAnswer? Fault)
{
    public static ReceiptAnswer Of(ReceiptVerdict verdict) => verdict switch
    {
        ReceiptVerdict.Verified v =>
            new(true, v.Checkpoint.Origin, v.Index, v.Checkpoint.Size, v.Checkpoint.Root.ToHex(), v.Leaf.ToHex(), null),
        ReceiptVerdict.Refused r => new(false, null, null, null, null, null, new(r.Code, r.Message)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal sealed record FaultAnswer(string Code, string Message);
}

/// <summary><c>verify log --json</c>.</summary>
internal sealed record LogAnswer(
    bool Verified,
    string? Origin,
    long? Size,
    string? Root,
    bool EntriesChecked,
    long Tiles,
    long? Since,
    IReadOnlyDictionary<string, long> Gateways,
    long FaultCount,
    IReadOnlyList<LogFault> Faults)
{
    public static LogAnswer Of(LogVerification found) => new(
        found.Verifies,
        found.Checkpoint?.Origin,
        found.Checkpoint?.Size,
        found.Checkpoint?.Root.ToHex(),
        found.EntriesChecked,
        found.Tiles,
        found.Since?.Size,
        found.Gateways,
        found.FaultCount,
        found.Faults);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReceiptAnswer))]
[JsonSerializable(typeof(LogAnswer))]
internal sealed partial class LogJsonContext : JsonSerializerContext;
