using System.Numerics;

namespace Holdpoint.Log.Tree;

/// <summary>
/// The right edge of a growing RFC 6962 tree: the roots of its perfect subtrees, largest first, one per set bit of the size. Enough to
/// append and to know the root, in at most 63 hashes. Not thread-safe.
/// </summary>
public sealed class CompactRange
{
    // One per bit of a non-negative long.
    private readonly Hash[] _edge = new Hash[63];
    private int _count;

    /// <summary>The empty tree.</summary>
    public CompactRange()
    {
    }

    private CompactRange(CompactRange other)
    {
        other._edge.CopyTo(_edge, 0);
        _count = other._count;
        Size = other.Size;
    }

    /// <summary>How many leaves were appended.</summary>
    public long Size { get; private set; }

    /// <summary>The perfect subtrees' roots, largest (leftmost) first; as many as <see cref="Size"/> has set bits.</summary>
    public ReadOnlySpan<Hash> Edge => _edge.AsSpan(0, _count);

    /// <summary>The tree's root now; <see cref="MerkleTree.EmptyRoot"/> without leaves.</summary>
    public Hash Root
    {
        get
        {
            if (_count == 0)
            {
                return MerkleTree.EmptyRoot;
            }

            var root = _edge[_count - 1];
            for (var i = _count - 2; i >= 0; i--)
            {
                root = MerkleTree.NodeHash(_edge[i], root);
            }

            return root;
        }
    }

    /// <summary>Resumes from what <see cref="Edge"/> was at <paramref name="size"/>.</summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="size"/> is negative or <paramref name="edge"/> is not as long as size has set bits.
    /// </exception>
    public static CompactRange Resume(long size, ReadOnlySpan<Hash> edge)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (edge.Length != BitOperations.PopCount((ulong)size))
        {
            throw new ArgumentException(
                $"A tree of {size} leaves has an edge of {BitOperations.PopCount((ulong)size)} hashes, not {edge.Length}.", nameof(edge));
        }

        var range = new CompactRange { Size = size, _count = edge.Length };
        edge.CopyTo(range._edge);
        return range;
    }

    /// <summary>Appends a leaf hash (<see cref="MerkleTree.LeafHash"/>).</summary>
    /// <param name="leaf">The hash of the new leaf, whose index is <see cref="Size"/>.</param>
    /// <param name="completed">
    /// Called for the leaf and for every perfect subtree that it completes, lowest first; for writers of tiles.
    /// </param>
    public void Append(Hash leaf, Action<TreeNode, Hash>? completed = null)
    {
        var index = Size;
        var level = 0;
        var hash = leaf;
        completed?.Invoke(new(level, index), hash);
        while ((index & 1) == 1)
        {
            hash = MerkleTree.NodeHash(_edge[--_count], hash);
            index >>= 1;
            level++;
            completed?.Invoke(new(level, index), hash);
        }

        _edge[_count++] = hash;
        Size++;
    }

    /// <summary>An independent copy, for appends that may be given up (a transaction that is rolled back).</summary>
    public CompactRange Copy() => new(this);
}
