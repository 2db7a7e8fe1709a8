using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Holdpoint.Log.Tree;

/// <summary>The hashes of the RFC 6962 §2.1 Merkle tree over SHA-256. Pure functions, thread-safe.</summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;

    // A record is rarely larger than this; one that is goes through the array pool.
    private const int StackBytes = 2_048;

    /// <summary>The root of the tree without leaves: SHA-256 of the empty string.</summary>
    public static Hash EmptyRoot { get; } = Hash.Of([]);

    /// <summary>SHA-256(0x00 ‖ <paramref name="entry"/>): the hash of a leaf.</summary>
    [SkipLocalsInit]
    public static Hash LeafHash(ReadOnlySpan<byte> entry)
    {
        byte[]? rented = null;
        var length = entry.Length + 1;
        Span<byte> buffer = length <= StackBytes ? stackalloc byte[StackBytes] : (rented = ArrayPool<byte>.Shared.Rent(length));
        buffer[0] = LeafPrefix;
        entry.CopyTo(buffer[1..]);
        var hash = Hash.Of(buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>SHA-256(0x01 ‖ <paramref name="left"/> ‖ <paramref name="right"/>): the hash of an inner node.</summary>
    [SkipLocalsInit]
    public static Hash NodeHash(Hash left, Hash right)
    {
        Span<byte> buffer = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        buffer[0] = NodePrefix;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Hash.Size)..]);
        return Hash.Of(buffer);
    }

    /// <summary>The root of the tree whose leaf hashes are <paramref name="leaves"/>, in order.</summary>
    public static Hash Root(ReadOnlySpan<Hash> leaves)
    {
        var range = new CompactRange();
        foreach (var leaf in leaves)
        {
            range.Append(leaf);
        }

        return range.Root;
    }
}
