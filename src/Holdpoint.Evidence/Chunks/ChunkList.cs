using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Holdpoint.Log;
using Holdpoint.Log.Tree;

namespace Holdpoint.Evidence.Chunks;

/// <summary>
/// The chunks that a statement is about: the SHA-256 of each, distinct and in ascending order of their bytes, and the Merkle root over
/// them. Immutable, thread-safe.
/// </summary>
/// <remarks>
/// The order is by digest, not by appearance: the neighbours of a line stay private, equal lines need no second entry, and the same lines
/// always have the same root. The root is RFC 6962 §2.1 with the 32-byte digests as entries, so that a later version can carry the root
/// alone and prove chunks one by one.
/// </remarks>
public sealed class ChunkList
{
    /// <summary>The maximum number of chunks in one statement; a larger dataset takes several statements.</summary>
    public const int MaxCount = 10_000;

    private ChunkList(ImmutableArray<Hash> digests, Hash root)
    {
        Digests = digests;
        Root = root;
    }

    /// <summary>The list without chunks.</summary>
    public static ChunkList Empty { get; } = new([], MerkleTree.EmptyRoot);

    /// <summary>The digests: distinct, ascending; at most <see cref="MaxCount"/>.</summary>
    public ImmutableArray<Hash> Digests { get; }

    /// <summary>The Merkle tree hash over <see cref="Digests"/>.</summary>
    public Hash Root { get; }

    /// <summary>Whether the chunk with this digest is in the list.</summary>
    public bool Contains(Hash digest) => Digests.BinarySearch(digest, ByBytes) >= 0; // no set beside it: a catalog holds millions

    /// <summary>Creates the list of these digests, given in any order and with any repetition.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxCount"/> distinct digests.</exception>
    public static ChunkList Create(IEnumerable<Hash> digests)
    {
        ImmutableArray<Hash> sorted = [.. digests.Distinct().Order(ByBytes)];
        return sorted.Length <= MaxCount
            ? new(sorted, RootOf(sorted))
            : throw new ArgumentException($"A statement carries at most {MaxCount} chunk digests, not {sorted.Length}.", nameof(digests));
    }

    /// <summary>
    /// Reads the list exactly as a statement carries it: refused when not distinct and ascending, or when the root differs.
    /// </summary>
    public static bool TryRead(
        ImmutableArray<Hash> digests, Hash root, [NotNullWhen(true)] out ChunkList? list, [NotNullWhen(false)] out string? fault)
    {
        list = null;
        for (var i = 1; i < digests.Length; i++)
        {
            if (ByBytes.Compare(digests[i - 1], digests[i]) >= 0)
            {
                fault = "must be distinct and ascending";
                return false;
            }
        }

        fault = digests.Length > MaxCount ? $"must be at most {MaxCount}"
            : RootOf(digests) != root ? "do not have the root that is given"
            : null;
        list = fault is null ? new(digests, root) : null;
        return list is not null;
    }

    private static Hash RootOf(ImmutableArray<Hash> digests)
    {
        Span<byte> entry = stackalloc byte[Hash.Size];
        var tree = new CompactRange();
        foreach (var digest in digests)
        {
            digest.CopyTo(entry);
            tree.Append(MerkleTree.LeafHash(entry));
        }

        return tree.Root;
    }

    private static readonly Comparer<Hash> ByBytes = Comparer<Hash>.Create(static (a, b) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<Hash>(in a)).SequenceCompareTo(MemoryMarshal.AsBytes(new ReadOnlySpan<Hash>(in b))));
}
