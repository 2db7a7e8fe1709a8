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
    // Lists are written in the same memory one after the other, and only their bytes are kept: 64 KiB are about a thousand entries.
    private const int MaxKeptBytes = 1 << 16;

    [ThreadStatic]
    private static Scratch? Spare;

    public static Coverage Of(ImmutableArray<Part> parts, ImmutableArray<CoverageEntry> entries)
    {
        var bytes = 0L;
        foreach (var part in parts)
        {
            bytes += part.Bytes.Length;
        }

        var scratch = Scratch.Take();
        foreach (var entry in entries)
        {
            Write(entry, scratch.Json);
        }

        return new(parts.Length, bytes, scratch.End());
    }

    public static Coverage Of(int parts, long bytes, IEnumerable<CoverageEntry> entries)
    {
        var scratch = Scratch.Take();
        foreach (var entry in entries)
        {
            Write(entry, scratch.Json);
        }

        return new(parts, bytes, scratch.End());
    }

    private static void Write(in CoverageEntry entry, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("bytes"u8, entry.Bytes);
        json.WriteString("check"u8, NameOf(entry.Check));
        json.WriteString("part"u8, entry.Path);
        json.WriteString("result"u8, NameOf(entry.Result));
        json.WriteEndObject();
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

    /// <summary>
    /// What a list is written in. A thread keeps one for its next list, and it is taken out for as long as a list lasts: a list inside
    /// a list makes its own, and one that throws does not bring its half-written memory back.
    /// </summary>
    private sealed class Scratch
    {
        private readonly ArrayBufferWriter<byte> _list = new();

        private Scratch() => Json = new Utf8JsonWriter(_list);

        public Utf8JsonWriter Json { get; }

        public static Scratch Take()
        {
            var scratch = Spare ?? new();
            Spare = null;
            scratch._list.ResetWrittenCount();
            scratch.Json.Reset();
            scratch.Json.WriteStartArray();
            return scratch;
        }

        /// <summary>The list, in memory of its own.</summary>
        public byte[] End()
        {
            Json.WriteEndArray();
            Json.Flush();
            var list = _list.WrittenSpan.ToArray();
            if (_list.Capacity <= MaxKeptBytes)
            {
                Spare = this;
            }

            return list;
        }
    }
}
