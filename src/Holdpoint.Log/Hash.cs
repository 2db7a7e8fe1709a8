using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Holdpoint.Log;

/// <summary>A SHA-256 value: 32 bytes, compared by value. <c>default</c> is 32 zero bytes, the hash of nothing known.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash : IEquatable<Hash>
{
    /// <summary>Length in bytes: 32.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    // Four words rather than an array: a hash is copied and compared without an allocation. Their byte order is that of memory,
    // never interpreted, so the type is the same on any machine.
    private readonly ulong _w0, _w1, _w2, _w3;

    /// <summary>32 zero bytes; what a gateway's first record names as its previous one.</summary>
    public static Hash Zero => default;

    /// <summary>SHA-256 of <paramref name="data"/>, without any prefix. For tree hashes see <see cref="Tree.MerkleTree"/>.</summary>
    public static Hash Of(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Size];
        Sha256.HashData(data, digest);
        return MemoryMarshal.Read<Hash>(digest);
    }

    /// <summary>The hash whose bytes are <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentException">Not exactly 32 bytes.</exception>
    public static Hash FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? MemoryMarshal.Read<Hash>(bytes)
            : throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Reads 64 lower-case hex digits; anything else, upper case too, is not a hash.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> text, out Hash hash)
    {
        hash = default;
        if (text.Length != 2 * Size || text.ContainsAnyInRange('A', 'F'))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        if (Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        hash = MemoryMarshal.Read<Hash>(bytes);
        return true;
    }

    /// <summary>Reads standard, padded, canonical base64 of exactly 32 bytes (RFC 4648 §4).</summary>
    public static bool TryParseBase64(ReadOnlySpan<char> text, out Hash hash)
    {
        hash = default;
        if (!StrictBase64.TryDecode(text, out var bytes) || bytes.Length != Size)
        {
            return false;
        }

        hash = MemoryMarshal.Read<Hash>(bytes);
        return true;
    }

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter.</exception>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>A new array of the 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hex digits.</summary>
    public string ToHex()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>As <see cref="ToHex"/>, in ASCII, to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has fewer than 64 bytes.</exception>
    public void WriteHex(Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        if (!Convert.TryToHexStringLower(bytes, destination, out _))
        {
            throw new ArgumentException($"64 digits do not fit into {destination.Length} bytes.", nameof(destination));
        }
    }

    /// <summary>Standard padded base64, 44 characters.</summary>
    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>As <see cref="ToHex"/>.</summary>
    public override string ToString() => ToHex();

    /// <inheritdoc/>
    public bool Equals(Hash other) => _w0 == other._w0 && _w1 == other._w1 && _w2 == other._w2 && _w3 == other._w3;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Hash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_w0, _w1, _w2, _w3);

    /// <summary>Equality of all 32 bytes. Not constant time: hashes in the log are public.</summary>
    public static bool operator ==(Hash left, Hash right) => left.Equals(right);

    /// <summary>The opposite of <c>==</c>.</summary>
    public static bool operator !=(Hash left, Hash right) => !left.Equals(right);
}
