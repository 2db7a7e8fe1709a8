using System.Runtime.InteropServices;
using Holdpoint.Log.Tree;

namespace Holdpoint.Log.Tiles;

/// <summary>The bytes of a tile: its hashes, one after the other (C2SP tlog-tiles, "Merkle Tree"). Pure functions.</summary>
public static class HashTile
{
    /// <summary>Binary levels of the tree that one level of tiles spans: 8.</summary>
    public const int Height = 8;

    /// <summary>Bytes of a full tile: 8,192.</summary>
    public const int MaxBytes = TilePath.FullWidth * Hash.Size;

    /// <summary>The tile's bytes.</summary>
    public static byte[] Encode(ReadOnlySpan<Hash> hashes) => MemoryMarshal.AsBytes(hashes).ToArray();

    /// <summary>The hashes of a tile; empty where the bytes are no whole number of 1 to 256 hashes.</summary>
    public static Hash[] Decode(ReadOnlySpan<byte> tile) =>
        tile.Length % Hash.Size == 0 && tile.Length <= MaxBytes ? MemoryMarshal.Cast<byte, Hash>(tile).ToArray() : [];

    /// <summary>
    /// The tile in which a node of a tree of <paramref name="size"/> leaves is found, for readers that compute proofs from tiles.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The node is not, whole, in that tree.</exception>
    public static TilePath PathOf(TreeNode node, long size)
    {
        var level = node.Level / Height;
        var hashes = size >> (level * Height);
        var index = node.Index >> (Height - (node.Level % Height));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node.Index, size >> node.Level, nameof(node));
        return TilePath.Hashes(level, index, (int)Math.Min(TilePath.FullWidth, hashes - (index * TilePath.FullWidth)));
    }

    /// <summary>The hash of a node from the hashes of its tile (<see cref="PathOf"/>).</summary>
    /// <exception cref="ArgumentException">The tile does not hold the node.</exception>
    public static Hash NodeIn(ReadOnlySpan<Hash> tile, TreeNode node)
    {
        var width = 1 << (node.Level % Height);
        var start = (int)(node.Index * width % TilePath.FullWidth);
        if (start + width > tile.Length)
        {
            throw new ArgumentException($"The tile of {tile.Length} hashes does not hold {node}.", nameof(tile));
        }

        return MerkleTree.Root(tile.Slice(start, width));
    }
}
