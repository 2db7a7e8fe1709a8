using System.Buffers;
using System.Runtime.InteropServices;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Log.Tiles;
using Holdpoint.Log.Tree;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// The tree as the store holds it: a full tile is a row, a partial one is made of what the level below has. What is there never
/// changes, so reading several needs no transaction.
/// </summary>
internal static class StoredTree
{
    /// <summary>The bytes of a tile or an entry bundle; null when the store does not have all of it.</summary>
    public static byte[]? Read(StoreConnection connection, TilePath path)
    {
        var from = path.Index * TilePath.FullWidth;
        if (path.IsEntries)
        {
            return Bundle(RecordTables.Bodies(connection, from, from + path.Width), path.Width);
        }

        if (!path.IsPartial)
        {
            return RecordTables.Tile(connection, path.Level, path.Index);
        }

        var hashes = path.Level == 0
            ? RecordTables.Leaves(connection, from, from + path.Width)
            : RecordTables.TileRoots(connection, path.Level - 1, from, from + path.Width);
        return hashes.Count == path.Width ? HashTile.Encode(CollectionsMarshal.AsSpan(hashes)) : null;
    }

    /// <summary>Gives the hashes that a proof in a tree of <paramref name="size"/> records asks for, reading each tile once.</summary>
    /// <exception cref="StoreRefusedException">From the function: a tile that the size promises is not there.</exception>
    public static Func<TreeNode, Hash> Nodes(StoreConnection connection, long size)
    {
        Dictionary<TilePath, Hash[]> tiles = [];
        return node =>
        {
            var path = HashTile.PathOf(node, size);
            if (!tiles.TryGetValue(path, out var tile))
            {
                tile = Read(connection, path) is { } bytes
                    ? HashTile.Decode(bytes)
                    : throw new StoreRefusedException($"The log is damaged: {path} is missing. Restore the store from a copy.");
                tiles.Add(path, tile);
            }

            return HashTile.NodeIn(tile, node);
        };
    }

    private static byte[]? Bundle(List<byte[]> bodies, int width)
    {
        if (bodies.Count != width)
        {
            return null;
        }

        var bundle = new ArrayBufferWriter<byte>(bodies.Sum(b => sizeof(ushort) + b.Length));
        foreach (var body in bodies)
        {
            EntryBundle.Append(bundle, body);
        }

        return bundle.WrittenSpan.ToArray();
    }
}
