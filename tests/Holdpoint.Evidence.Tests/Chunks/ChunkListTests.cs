using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Log;
using Holdpoint.Log.Tree;

namespace Holdpoint.Evidence.Tests.Chunks;

public class ChunkListTests
{
    [Fact]
    public void Order_and_repetition_make_no_difference() =>
        Prop.ForAll<int[]>(numbers =>
        {
            var digests = numbers.Select(Digest).ToArray();
            var list = ChunkList.Create(digests);
            var other = ChunkList.Create([.. digests.Reverse(), .. digests]);

            return list.Root == other.Root && list.Digests.SequenceEqual(other.Digests) && digests.All(list.Contains);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void It_contains_nothing_else() =>
        Prop.ForAll<int[], int>((numbers, other) =>
            ChunkList.Create(numbers.Select(Digest)).Contains(Digest(other)) == numbers.Contains(other)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_root_is_that_of_the_RFC_6962_tree_over_the_ascending_digests()
    {
        var list = ChunkList.Create([Digest(1), Digest(2), Digest(3)]);
        var leaves = new[] { Digest(1), Digest(2), Digest(3) }
            .OrderBy(d => d.ToHex(), StringComparer.Ordinal)
            .Select(d => MerkleTree.LeafHash(d.ToArray()))
            .ToArray();

        Assert.Equal(MerkleTree.NodeHash(MerkleTree.NodeHash(leaves[0], leaves[1]), leaves[2]), list.Root);
    }

    [Fact]
    public void A_list_that_is_not_ascending_or_has_another_root_is_not_read()
    {
        var list = ChunkList.Create([Digest(1), Digest(2), Digest(3)]);

        Assert.True(ChunkList.TryRead(list.Digests, list.Root, out var read, out _));
        Assert.Equal(list.Root, read.Root);
        Assert.False(ChunkList.TryRead([.. list.Digests.Reverse()], list.Root, out _, out _));
        Assert.False(ChunkList.TryRead([list.Digests[0], .. list.Digests], list.Root, out _, out _));
        Assert.False(ChunkList.TryRead(list.Digests, Digest(4), out _, out _));
        Assert.False(ChunkList.TryRead(list.Digests[..2], list.Root, out _, out _));
    }

    [Fact]
    public void It_holds_ten_thousand_and_not_one_more()
    {
        Assert.Equal(10_000, ChunkList.Create(Enumerable.Range(0, 10_000).Select(Digest)).Digests.Length);
        Assert.Throws<ArgumentException>(() => ChunkList.Create(Enumerable.Range(0, 10_001).Select(Digest)));
    }

    private static Hash Digest(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Hash.Of(bytes);
    }
}
