namespace Holdpoint.Log.Tree;

/// <summary>
/// RFC 6962 §2.1.2: the proof that an older tree is the beginning of a newer one. Pure functions, thread-safe.
/// </summary>
public static class ConsistencyProof
{
    /// <summary>The proof from <paramref name="older"/> leaves to <paramref name="newer"/>; empty when they are equal.</summary>
    /// <param name="older">At least 1: from nothing, everything is consistent and there is nothing to prove.</param>
    /// <param name="newer">At least <paramref name="older"/>.</param>
    /// <param name="read">Gives the hash of a perfect subtree within the newer tree.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are not in that order.</exception>
    public static Hash[] Compute(long older, long newer, Func<TreeNode, Hash> read)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(older, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, newer);
        ArgumentNullException.ThrowIfNull(read);
        List<Hash> path = [];
        var (start, end) = (0L, newer);
        while (older != end)
        {
            var middle = Subtrees.Split(start, end);
            if (older <= middle)
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

        // The subtree at which the trees part; when it is the whole older tree, the verifier knows it already.
        if (start > 0)
        {
            path.Add(Subtrees.Root(start, end, read));
        }

        path.Reverse();
        return [.. path];
    }

    /// <summary>
    /// Whether <paramref name="proof"/> shows that the tree of <paramref name="newer"/> leaves begins with the one of
    /// <paramref name="older"/> leaves (RFC 9162 §2.1.4.2). False for an older size of 0, whatever the proof: it would say nothing.
    /// </summary>
    public static bool Verify(long older, long newer, ReadOnlySpan<Hash> proof, Hash olderRoot, Hash newerRoot) =>
        older > 0 && VerifySubtree(0, older, newer, proof, olderRoot, newerRoot);

    /// <summary>
    /// Whether <paramref name="proof"/> shows that the tree of <paramref name="size"/> leaves contains the subtree of the leaves from
    /// <paramref name="start"/> up to, not including, <paramref name="end"/> (draft-ietf-plants-merkle-tree-certs, "Subtree Consistency
    /// Proofs"). An empty subtree has the empty root and an empty proof, and says nothing of the tree.
    /// </summary>
    public static bool VerifySubtree(long start, long end, long size, ReadOnlySpan<Hash> proof, Hash subtreeRoot, Hash root)
    {
        if (start == end)
        {
            return start >= 0 && end <= size && proof.IsEmpty && subtreeRoot == MerkleTree.EmptyRoot;
        }

        if (!Subtrees.IsValid(start, end) || size < end)
        {
            return false;
        }

        // Positions, on the level that the loop has reached, of the subtree's first and last leaf and of the tree's last leaf.
        var first = start;
        var last = end - 1;
        var treeLast = size - 1;
        while (first != last && (last == treeLast || (last & 1) == 1))
        {
            (first, last, treeLast) = (first >> 1, last >> 1, treeLast >> 1);
        }

        var old = subtreeRoot;
        if (first != last)
        {
            if (proof.IsEmpty)
            {
                return false;
            }

            old = proof[0];
            proof = proof[1..];
        }

        var grown = old;
        foreach (var hash in proof)
        {
            if (treeLast == 0)
            {
                return false;
            }

            if ((last & 1) == 1 || last == treeLast)
            {
                old = first < last ? MerkleTree.NodeHash(hash, old) : old;
                grown = MerkleTree.NodeHash(hash, grown);
                while ((last & 1) == 0)
                {
                    (first, last, treeLast) = (first >> 1, last >> 1, treeLast >> 1);
                }
            }
            else
            {
                grown = MerkleTree.NodeHash(grown, hash);
            }

            (first, last, treeLast) = (first >> 1, last >> 1, treeLast >> 1);
        }

        return treeLast == 0 && old == subtreeRoot && grown == root;
    }
}
