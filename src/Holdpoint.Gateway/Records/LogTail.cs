using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Log.Records;
using Holdpoint.Log.Tiles;
using Holdpoint.Log.Tree;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// The check at the start: are the newest records and tiles what the tree says? Everything that does not lie under a full tile of level
/// 1 is read and hashed: at most the last 65,791 records, about a second on a busy machine. What lies deeper is for <c>verify log</c>.
/// </summary>
internal static class LogTail
{
    private const int TileWidth = TilePath.FullWidth;

    /// <exception cref="StoreRefusedException">Something was edited, deleted, moved or cut; the message names the place.</exception>
    public static void Check(StoreConnection connection)
    {
        var size = RecordTables.Size(connection);
        if (connection.Scalar("SELECT MAX(n) FROM tile WHERE level = 0") is long lastTile && (lastTile + 1) * TileWidth > size)
        {
            throw Damaged($"there is a tile up to record {((lastTile + 1) * TileWidth) - 1}, but records only up to {size - 1}");
        }

        CheckTiles(connection, size);

        var firstTile = size / TileWidth / TileWidth * TileWidth;
        var gateway = RecordTables.Gateway(connection);
        (long Seq, Hash Leaf)? before = null;
        for (var n = firstTile; n * TileWidth < size; n++)
        {
            var from = n * TileWidth;
            var to = Math.Min(from + TileWidth, size);
            var leaves = RecordTables.Leaves(connection, from, to);
            var bodies = RecordTables.Bodies(connection, from, to);
            if (bodies.Count != to - from)
            {
                throw Damaged($"of the records {from} to {to - 1}, {to - from - bodies.Count} are missing");
            }

            var tile = to - from == TileWidth ? HashTile.Decode(RecordTables.Tile(connection, level: 0, n)) : null;
            for (var i = 0; i < bodies.Count; i++)
            {
                var index = from + i;
                var leaf = MerkleTree.LeafHash(bodies[i]);
                if (leaf != leaves[i] || (tile is not null && tile[i] != leaf))
                {
                    throw Damaged($"record {index} is not the one that was logged");
                }

                var link = LinkOf(bodies[i], index);
                if (link.Gateway == gateway)
                {
                    if (before is { } previous && (link.Seq != previous.Seq + 1 || link.Prev != previous.Leaf))
                    {
                        throw Damaged($"record {index} does not follow this gateway's previous one");
                    }

                    before = (link.Seq, leaf);
                }
            }
        }
    }

    /// <summary>Of the last record of a gateway, its number and its leaf hash; null when it has none.</summary>
    public static (long Seq, Hash Leaf)? Last(StoreConnection connection, long size)
    {
        if (size == 0)
        {
            return null;
        }

        // This store has one writer, so the last record is its own.
        var body = RecordTables.Body(connection, size - 1)!;
        return (LinkOf(body, size - 1).Seq, MerkleTree.LeafHash(body));
    }

    /// <summary>Tiles whose root is not yet under a full tile: their hashes must give the root that the tree uses.</summary>
    private static void CheckTiles(StoreConnection connection, long size)
    {
        for (var level = 0; size >> (8 * (level + 1)) > 0; level++)
        {
            var count = size >> (8 * (level + 1));
            var from = count - (count % TileWidth);
            var roots = RecordTables.TileRoots(connection, level, from, count);
            for (var n = from; n < count; n++)
            {
                var i = (int)(n - from);
                if (i >= roots.Count || HashTile.Decode(RecordTables.Tile(connection, level, n)) is not { Length: TileWidth } tile
                    || MerkleTree.Root(tile) != roots[i])
                {
                    throw Damaged($"tile {n} of level {level} is missing or is not the one that was written");
                }
            }
        }
    }

    private static RecordLink LinkOf(byte[] body, long index) =>
        RecordLink.TryRead(body, out var link, out var fault) ? link : throw Damaged($"record {index} is no record: {fault}");

    private static StoreRefusedException Damaged(string what) =>
        new($"The log is damaged: {what}. Do not sign it; restore the store from a copy, and keep this one as evidence.");
}
