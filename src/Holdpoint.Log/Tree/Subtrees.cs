using System.Numerics;

namespace Holdpoint.Log.Tree;

/// <summary>Arithmetic of ranges of leaves: where RFC 6962 splits them and what they hash to.</summary>
internal static class Subtrees
{
    /// <summary>
    /// Where RFC 6962 splits the leaves from start up to end (at least two): after the largest power of two below their number.
    /// </summary>
    public static long Split(long start, long end) => start + (1L << BitOperations.Log2((ulong)(end - start - 1)));

    /// <summary>Not empty, and start a multiple of the smallest power of two that is not below the number of leaves.</summary>
    public static bool IsValid(long start, long end)
    {
        if (start < 0 || end <= start)
        {
            return false;
        }

        var span = BitOperations.RoundUpToPowerOf2((ulong)(end - start));
        return ((ulong)start & (span - 1)) == 0;
    }

    /// <summary>The Merkle tree hash of the leaves from start up to end, a valid subtree, from its perfect subtrees.</summary>
    public static Hash Root(long start, long end, Func<TreeNode, Hash> read)
    {
        var count = end - start;
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return read(new(level, start >> level));
        }

        var middle = Split(start, end);
        return MerkleTree.NodeHash(Root(start, middle, read), Root(middle, end, read));
    }
}
