using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Log.Tree;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests.Tree;

public sealed class ProofPropertyTests
{
    private static readonly int Largest = TestScale.Of(70, 300);

    // The definition of RFC 6962 §2.1, written as it stands there.
    private static Hash Definition(ReadOnlySpan<Hash> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.Length == 0 ? MerkleTree.EmptyRoot : leaves[0];
        }

        var k = 1;
        while (k * 2 < leaves.Length)
        {
            k *= 2;
        }

        return MerkleTree.NodeHash(Definition(leaves[..k]), Definition(leaves[k..]));
    }

    private static Hash[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(BitConverter.GetBytes(i)))];

    private static Func<TreeNode, Hash> Reader(Hash[] leaves) =>
        node => Definition(leaves.AsSpan((int)(node.Index << node.Level), 1 << node.Level));

    [Fact]
    public void The_root_is_the_one_RFC_6962_defines()
    {
        var leaves = Leaves(Largest);
        var range = new CompactRange();
        for (var size = 0; size <= Largest; size++)
        {
            Assert.Equal(Definition(leaves.AsSpan(0, size)), range.Root);
            Assert.Equal(range.Root, CompactRange.Resume(size, range.Edge).Root);
            if (size < Largest)
            {
                range.Append(leaves[size]);
            }
        }
    }

    [Fact]
    public void Appending_tells_of_every_perfect_subtree_once()
    {
        var leaves = Leaves(Largest);
        var read = Reader(leaves);
        var nodes = new Dictionary<TreeNode, Hash>();
        var range = new CompactRange();
        foreach (var leaf in leaves)
        {
            range.Append(leaf, nodes.Add);
        }

        Assert.All(nodes, node => Assert.Equal(read(node.Key), node.Value));
        Assert.Equal(Enumerable.Range(0, 10).Sum(level => Largest >> level), nodes.Count);
    }

    [Fact]
    public void Append_order_fixes_the_root() =>
        Prop.ForAll(Gen.Choose(2, 40).Two().ToArbitrary(), pair =>
        {
            var leaves = Leaves(pair.Item1);
            var swapped = leaves.ToArray();
            var i = pair.Item2 % (leaves.Length - 1);
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
            return MerkleTree.Root(leaves) != MerkleTree.Root(swapped);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_inclusion_proof_verifies_and_no_other_index_does()
    {
        var leaves = Leaves(Largest);
        var read = Reader(leaves);
        for (var size = 1; size <= Largest; size++)
        {
            var root = Definition(leaves.AsSpan(0, size));
            for (var index = 0; index < size; index++)
            {
                var proof = InclusionProof.Compute(index, size, read);
                Assert.True(InclusionProof.Verify(index, size, leaves[index], proof, root), $"{index} of {size}");
                Assert.False(InclusionProof.Verify(index + 1, size, leaves[index], proof, root));
                Assert.False(InclusionProof.Verify(index, size, leaves[index], [.. proof, root], root));
                Assert.False(proof.Length > 0 && InclusionProof.Verify(index, size, leaves[index], proof.AsSpan(1), root));
            }
        }
    }

    [Fact]
    public void A_tree_is_consistent_with_each_of_its_beginnings()
    {
        var leaves = Leaves(Largest);
        var read = Reader(leaves);
        for (var newer = 1; newer <= Largest; newer++)
        {
            var root = Definition(leaves.AsSpan(0, newer));
            for (var older = 1; older <= newer; older++)
            {
                var proof = ConsistencyProof.Compute(older, newer, read);
                var olderRoot = Definition(leaves.AsSpan(0, older));
                Assert.True(ConsistencyProof.Verify(older, newer, proof, olderRoot, root), $"{older} to {newer}");
                Assert.False(ConsistencyProof.Verify(older, newer, [.. proof, root], olderRoot, root));
                Assert.False(older < newer && ConsistencyProof.Verify(older, newer, proof, root, root));
            }

            Assert.False(ConsistencyProof.Verify(0, newer, [], MerkleTree.EmptyRoot, root));
        }

        Assert.False(ConsistencyProof.Verify(0, 0, [], MerkleTree.EmptyRoot, MerkleTree.EmptyRoot));
    }

    // SUBTREE_PROOF of draft-ietf-plants-merkle-tree-certs, written as it stands there; we verify such proofs and never make them.
    private static IEnumerable<Hash> SubtreeProof(int start, int end, ReadOnlyMemory<Hash> leaves, bool known = true)
    {
        if (start == 0 && end == leaves.Length)
        {
            return known ? [] : [Definition(leaves.Span)];
        }

        var k = 1;
        while (k * 2 < leaves.Length)
        {
            k *= 2;
        }

        return end <= k ? SubtreeProof(start, end, leaves[..k], known).Append(Definition(leaves.Span[k..]))
            : k <= start ? SubtreeProof(start - k, end - k, leaves[k..], known).Append(Definition(leaves.Span[..k]))
            : SubtreeProof(0, end - k, leaves[k..], known: false).Append(Definition(leaves.Span[..k]));
    }

    [Fact]
    public void A_tree_is_consistent_with_each_of_its_subtrees()
    {
        const int Size = 45;
        var leaves = Leaves(Size);
        for (var size = 1; size <= Size; size++)
        {
            var root = Definition(leaves.AsSpan(0, size));
            for (var start = 0; start < size; start++)
            {
                for (var end = start + 1; end <= size && Subtrees.IsValid(start, end); end++)
                {
                    Hash[] proof = [.. SubtreeProof(start, end, leaves.AsMemory(0, size))];
                    var subtree = Definition(leaves.AsSpan(start, end - start));
                    Assert.True(ConsistencyProof.VerifySubtree(start, end, size, proof, subtree, root), $"[{start}, {end}) of {size}");
                    Assert.False(ConsistencyProof.VerifySubtree(start, end, size, proof, Flip(subtree, 7), root));
                    Assert.False(ConsistencyProof.VerifySubtree(start, end, size, [.. proof, root], subtree, root));
                }
            }
        }
    }

    [Fact]
    public void One_flipped_bit_never_verifies() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).Four().ToArbitrary(), random =>
        {
            var (a, b, c, bit) = random;
            var size = 2 + (a % (Largest - 1));
            var index = b % size;
            var older = 1 + (b % (size - 1));
            var leaves = Leaves(size);
            var read = Reader(leaves);
            var root = MerkleTree.Root(leaves);
            var olderRoot = MerkleTree.Root(leaves.AsSpan(0, older));
            var inclusion = InclusionProof.Compute(index, size, read);
            var consistency = ConsistencyProof.Compute(older, size, read);

            return InclusionProof.Verify(index, size, leaves[index], inclusion, root)
                && ConsistencyProof.Verify(older, size, consistency, olderRoot, root)
                && !InclusionProof.Verify(index, size, leaves[index], FlipOne(inclusion, c, bit), root)
                && !InclusionProof.Verify(index, size, Flip(leaves[index], bit), inclusion, root)
                && !InclusionProof.Verify(index, size, leaves[index], inclusion, Flip(root, bit))
                && !ConsistencyProof.Verify(older, size, FlipOne(consistency, c, bit), olderRoot, root)
                && !ConsistencyProof.Verify(older, size, consistency, Flip(olderRoot, bit), root)
                && !ConsistencyProof.Verify(older, size, consistency, olderRoot, Flip(root, bit));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(200, 5_000)));

    [Fact]
    public void A_copied_range_goes_its_own_way()
    {
        var range = new CompactRange();
        range.Append(Hash.Of("a"u8));
        var root = range.Root;
        var copy = range.Copy();
        copy.Append(Hash.Of("b"u8));

        Assert.Equal((1, root), (range.Size, range.Root));
        Assert.Equal(2, copy.Size);
    }

    private static Hash[] FlipOne(Hash[] proof, int which, int bit)
    {
        var flipped = proof.ToArray();
        flipped[which % proof.Length] = Flip(proof[which % proof.Length], bit);
        return flipped;
    }

    private static Hash Flip(Hash hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8 % Hash.Size] ^= (byte)(1 << (bit % 8));
        return Hash.FromBytes(bytes);
    }
}
