namespace Holdpoint.Log.Tree;

/// <summary>
/// RFC 6962 §2.1.1 audit paths: the sibling hashes from a leaf up to the root's child. Pure functions, thread-safe.
/// </summary>
public static class InclusionProof
{
    /// <summary>Most hashes in a proof: one for each level of a tree of 2^63 leaves.</summary>
    public const int MaxHashes = 63;

    /// <summary>The proof that leaf <paramref name="index"/> is in the tree of <paramref name="size"/> leaves; at most 63 hashes.</summary>
    /// <param name="index">From 0; below <paramref name="size"/>.</param>
    /// <param name="size">At least 1.</param>
    /// <param name="read">Gives the hash of a perfect subtree within the tree; asked at most 126 times.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not in the tree.</exception>
    public static Hash[] Compute(long index, long size, Func<TreeNode, Hash> read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        ArgumentNullException.ThrowIfNull(read);
        List<Hash> path = [];
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var middle = Subtrees.Split(start, end);
            if (index < middle)
            {
                path.Add(Subtrees.Root(middle, end, read));
                end = middle;
            }
            else
            {
                path.Add(Subtrees.Root(start, middle, read));
                start = middle;
            }
        }

        path.Reverse();
        return [.. path];
    }

    /// <summary>
    /// Whether <paramref name="proof"/> shows that <paramref name="leaf"/> is leaf <paramref name="index"/> of the tree of
    /// <paramref name="size"/> leaves with that <paramref name="root"/> (RFC 9162 §2.1.3.2). Any proof of another length is false.
    /// </summary>
    public static bool Verify(long index, long size, Hash leaf, ReadOnlySpan<Hash> proof, Hash root) =>
        VerifySubtree(index, 0, size, leaf, proof, root);

    /// <summary>
    /// As <see cref="Verify"/>, within the subtree of the leaves from <paramref name="start"/> up to, not including, <paramref name="end"/>
    /// (draft-ietf-plants-merkle-tree-certs, "Subtree Inclusion Proofs"); false where those are no subtree.
    /// </summary>
    public static bool VerifySubtree(long index, long start, long end, Hash leaf, ReadOnlySpan<Hash> proof, Hash root)
    {
        if (!Subtrees.IsValid(start, end) || index < start || index >= end)
        {
            return false;
        }

        var at = index - start;
        var last = end - start - 1;
        var hash = leaf;
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                hash = MerkleTree.NodeHash(sibling, hash);
                while ((at & 1) == 0)
                {
                    at >>= 1; // the right edge rises without a sibling
                    last >>= 1;
                }
            }
            else
            {
                hash = MerkleTree.NodeHash(hash, sibling);
            }

            at >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }
}
