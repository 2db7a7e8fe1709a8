using System.Runtime.InteropServices;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Log.Tiles;
using Holdpoint.Log.Tree;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// The growing side of the tree: what must be known to append a record, to write a tile when it is complete and to say the root. Held by
/// the writer's thread; after a failed transaction it is dropped and loaded again.
/// </summary>
internal sealed class TreeEdge
{
    private const int TileHeight = HashTile.Height;
    private const int TileWidth = TilePath.FullWidth;

    private readonly CompactRange _range;

    // Per tile level, the hashes of its incomplete tile.
    private readonly List<Hash>[] _pending;
    private readonly Action<TreeNode, Hash> _onCompleted;
    private StoreConnection? _connection;

    private TreeEdge(CompactRange range, List<Hash>[] pending)
    {
        _range = range;
        _pending = pending;
        _onCompleted = OnCompleted;
    }

    public long Size => _range.Size;

    public Hash Root => _range.Root;

    /// <summary>Loads the edge of what is stored.</summary>
    /// <exception cref="StoreRefusedException">Records or tiles are missing.</exception>
    public static TreeEdge Load(StoreConnection connection)
    {
        var size = RecordTables.Size(connection);
        var pending = new List<Hash>[8];
        List<Hash> edge = [];
        for (var level = pending.Length - 1; level >= 0; level--)
        {
            var count = size >> (TileHeight * level);
            var from = count - (count % TileWidth);
            var hashes = level == 0
                ? RecordTables.Leaves(connection, from, count)
                : RecordTables.TileRoots(connection, level - 1, from, count);
            if (hashes.Count != count - from)
            {
                var missing = $"{count - from - hashes.Count} are missing. Restore the store from a copy.";
                throw new StoreRefusedException(level == 0
                    ? $"The log is damaged: of the records {from} to {count - 1}, {missing}"
                    : $"The log is damaged: of the tiles {from} to {count - 1} of level {level - 1}, {missing}");
            }

            pending[level] = hashes;
            AddRoots(edge, hashes);
        }

        return new TreeEdge(CompactRange.Resume(size, edge.ToArray()), pending);
    }

    /// <summary>Appends a leaf, and writes the tiles that it completes.</summary>
    public void Append(StoreConnection connection, Hash leaf)
    {
        _connection = connection;
        _range.Append(leaf, _onCompleted);
    }

    /// <summary>The perfect subtrees of a run of hashes, largest first: one per bit of its length.</summary>
    private static void AddRoots(List<Hash> edge, List<Hash> hashes)
    {
        var start = 0;
        for (var width = TileWidth / 2; width > 0; width /= 2)
        {
            if ((hashes.Count & width) != 0)
            {
                edge.Add(MerkleTree.Root(CollectionsMarshal.AsSpan(hashes).Slice(start, width)));
                start += width;
            }
        }
    }

    private void OnCompleted(TreeNode node, Hash hash)
    {
        if (node.Level % TileHeight != 0)
        {
            return;
        }

        var level = node.Level / TileHeight;
        if (level > 0)
        {
            // The node over 256 hashes: they are a full tile, and it is their root.
            var full = _pending[level - 1];
            RecordTables.InsertTile(_connection!, level - 1, node.Index, hash.ToArray(), HashTile.Encode(CollectionsMarshal.AsSpan(full)));
            full.Clear();
        }

        _pending[level].Add(hash);
    }
}
