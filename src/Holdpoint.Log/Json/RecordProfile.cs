using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Log.Json;

/// <summary>
/// The restricted RFC 8785 profile of records: a canonical JSON object of at most 16 KiB whose numbers are integers that every
/// JSON reader keeps exact. Pure, thread-safe.
/// </summary>
public static class RecordProfile
{
    /// <summary>Largest record in bytes: 16,384. Tiles could carry 65,535; records hold no content, so a larger one is a mistake.</summary>
    public const int MaxBytes = 16_384;

    /// <summary>Largest integer, and as negative the smallest: 2^53 − 1 (RFC 7493 §2.2).</summary>
    public const long MaxInteger = (1L << 53) - 1;

    /// <summary>The record of a JSON object, canonical; otherwise <paramref name="fault"/> says why it cannot be one.</summary>
    public static bool TryCanonicalize(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out byte[]? record, [NotNullWhen(false)] out string? fault)
    {
        using var canonicalizer = new Canonicalizer(json, integersOnly: true);
        fault = canonicalizer.Run() ?? FaultOfShape(canonicalizer.Written);
        record = fault is null ? canonicalizer.Written.ToArray() : null;
        return record is not null;
    }

    /// <summary>Null when these exact bytes are a record's; otherwise what is wrong with them.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> record)
    {
        if (FaultOfShape(record) is { } fault)
        {
            return fault;
        }

        using var canonicalizer = new Canonicalizer(record, integersOnly: true);
        return canonicalizer.Run()
            ?? (canonicalizer.Written.SequenceEqual(record) ? null : "the record's JSON is not in its RFC 8785 form");
    }

    private static string? FaultOfShape(ReadOnlySpan<byte> record) =>
        record.Length > MaxBytes ? $"the record is larger than {MaxBytes} bytes"
        : record.IsEmpty || record[0] != (byte)'{' ? "the record is not a JSON object"
        : null;
}
