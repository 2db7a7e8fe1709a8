using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Holdpoint.Log.Tiles;

/// <summary>
/// Up to 256 consecutive entries of a log: each its length, 16 bits big-endian, and its bytes (C2SP tlog-tiles, "Log entries").
/// </summary>
public static class EntryBundle
{
    /// <summary>Largest entry in bytes: 65,535, what a 16-bit length can say.</summary>
    public const int MaxEntryBytes = ushort.MaxValue;

    /// <summary>Largest bundle in bytes, and so what a reader must be ready for.</summary>
    public const int MaxBytes = TilePath.FullWidth * (sizeof(ushort) + MaxEntryBytes);

    /// <summary>Appends an entry to a bundle that is being written.</summary>
    /// <exception cref="ArgumentException">The entry is larger than <see cref="MaxEntryBytes"/>.</exception>
    public static void Append(IBufferWriter<byte> bundle, ReadOnlySpan<byte> entry)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (entry.Length > MaxEntryBytes)
        {
            throw new ArgumentException($"An entry has at most {MaxEntryBytes} bytes, not {entry.Length}.", nameof(entry));
        }

        BinaryPrimitives.WriteUInt16BigEndian(bundle.GetSpan(sizeof(ushort)), (ushort)entry.Length);
        bundle.Advance(sizeof(ushort));
        bundle.Write(entry);
    }

    /// <summary>
    /// The entries of a bundle, up to the first that is not there whole: then <paramref name="isWhole"/> is false. The memory is the
    /// bundle's own.
    /// </summary>
    public static ImmutableArray<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bundle, out bool isWhole)
    {
        var entries = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        while (bundle.Length >= sizeof(ushort))
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length - sizeof(ushort) < length)
            {
                break;
            }

            entries.Add(bundle.Slice(sizeof(ushort), length));
            bundle = bundle[(sizeof(ushort) + length)..];
        }

        isWhole = bundle.IsEmpty;
        return entries.ToImmutable();
    }
}
