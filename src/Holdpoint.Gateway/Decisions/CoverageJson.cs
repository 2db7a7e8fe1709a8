using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Gateway.Records;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// Writes what was checked as the private list that a record commits to (docs/reference/records.md): one object per part and check, with
/// the bytes that the check really read and what came of it.
/// </summary>
internal static class CoverageJson
{
    public static Coverage Of(ImmutableArray<Part> parts, ImmutableArray<CoverageEntry> entries)
    {
        var bytes = 0L;
        foreach (var part in parts)
        {
            bytes += part.Bytes.Length;
        }

        return Of(parts.Length, bytes, entries);
    }

    public static Coverage Of(int parts, long bytes, IEnumerable<CoverageEntry> entries)
    {
        var list = new ArrayBufferWriter<byte>(128 * Math.Max(1, parts));
        using (var json = new Utf8JsonWriter(list))
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteNumber("bytes"u8, entry.Bytes);
                json.WriteString("check"u8, NameOf(entry.Check));
                json.WriteString("part"u8, entry.Path);
                json.WriteString("result"u8, NameOf(entry.Result));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return new(parts, bytes, list.WrittenMemory);
    }

    private static ReadOnlySpan<byte> NameOf(Check check) => check switch
    {
        Check.Normalise => "normalise"u8,
        Check.Phrases => "phrases"u8,
        Check.Persons => "persons"u8,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ReadOnlySpan<byte> NameOf(CoverageResult result) => result switch
    {
        CoverageResult.Clean => "clean"u8,
        CoverageResult.Found => "found"u8,
        CoverageResult.Saturated => "saturated"u8,
        CoverageResult.NotRead => "not_read"u8,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
