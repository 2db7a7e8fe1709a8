using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Log.Tiles;
using Holdpoint.Log.Tree;

namespace Holdpoint.Log.Tests.Tiles;

public sealed class TileTests
{
    [Theory]
    [InlineData("tile/0/000", 0, 0, 256)]
    [InlineData("tile/0/067.p/1", 0, 67, 1)]
    [InlineData("tile/63/x001/067.p/255", 63, 1_067, 255)]
    [InlineData("tile/1/x001/x234/067", 1, 1_234_067, 256)]
    [InlineData("tile/entries/x036/x028/x797/x018/x963/967", -1, TilePath.MaxIndex, 256)]
    [InlineData("tile/entries/x001/000.p/5", -1, 1_000, 5)]
    public void A_path_reads_and_writes_as_C2SP_has_it(string text, int level, long index, int width)
    {
        Assert.True(TilePath.TryParse(text, out var path));
        Assert.Equal((level, index, width), (path.Level, path.Index, path.Width));
        Assert.Equal(level < 0, path.IsEntries);
        Assert.Equal(text, path.ToString());
        Assert.Equal(path, level < 0 ? TilePath.Entries(index, width) : TilePath.Hashes(level, index, width));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/Entries/000")]
    [InlineData("tile/0/x000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/0/X001/067")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/000.p/5/000")]
    [InlineData("tile/0/../000")]
    [InlineData("tile/0/000\0")]
    [InlineData("tile/entries/x036/x028/x797/x018/x963/968")]
    [InlineData("tile/entries/x999/x999/x999/x999/x999/x999/x999/x999/999")]
    public void Another_path_is_refused(string text) => Assert.False(TilePath.TryParse(text, out _));

    [Fact]
    public void A_tree_of_70000_has_the_tiles_of_the_specifications_example()
    {
        var tiles = TilePath.AllHashes(70_000).ToArray();

        Assert.Equal(273, tiles.Count(t => t is { Level: 0, IsPartial: false }));
        Assert.Equal([TilePath.Hashes(0, 273, 112), TilePath.Hashes(1, 1, 17), TilePath.Hashes(2, 0, 1)], tiles.Where(t => t.IsPartial));
        Assert.Equal(277, tiles.Length);
        Assert.Equal([TilePath.Hashes(0, 0), TilePath.Hashes(1, 0, 1)], TilePath.AllHashes(256));
        Assert.Empty(TilePath.AllHashes(0));
        Assert.Equal([TilePath.Entries(0), TilePath.Entries(1, 1)], TilePath.AllEntries(257));
    }

    [Fact]
    public void Entries_read_back_from_their_bundle() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[][]>().ToArbitrary(), entries =>
        {
            var bundle = new ArrayBufferWriter<byte>();
            Array.ForEach(entries, e => EntryBundle.Append(bundle, e));
            var read = EntryBundle.Read(bundle.WrittenMemory, out var isWhole);
            return isWhole && read.Select(e => e.ToArray()).SequenceEqual(entries, new SameBytes());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_bundle_cut_at_any_byte_is_not_taken_for_whole()
    {
        var bundle = new ArrayBufferWriter<byte>();
        EntryBundle.Append(bundle, "first"u8);
        EntryBundle.Append(bundle, "second"u8);
        for (var length = 0; length < bundle.WrittenCount; length++)
        {
            var entries = EntryBundle.Read(bundle.WrittenMemory[..length], out var isWhole);
            Assert.Equal(length is 0 or 7, isWhole);
            Assert.Equal(length < 7 ? 0 : 1, entries.Length);
        }
    }

    [Fact]
    public void An_entry_ends_at_the_limit()
    {
        var bundle = new ArrayBufferWriter<byte>();
        EntryBundle.Append(bundle, new byte[EntryBundle.MaxEntryBytes]);
        Assert.Equal(EntryBundle.MaxEntryBytes, EntryBundle.Read(bundle.WrittenMemory, out _)[0].Length);
        Assert.Throws<ArgumentException>(() => EntryBundle.Append(bundle, new byte[EntryBundle.MaxEntryBytes + 1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1_000)]
    [InlineData(66_000)]
    public void Every_node_of_a_tree_is_found_in_a_tile_of_it(int size)
    {
        var nodes = new Dictionary<TreeNode, Hash>();
        var range = new CompactRange();
        for (var i = 0; i < size; i++)
        {
            range.Append(Hash.Of(BitConverter.GetBytes(i)), nodes.Add);
        }

        var existing = TilePath.AllHashes(size).ToHashSet();
        var tiles = existing.ToDictionary(path => path, path =>
            Enumerable.Range(0, path.Width)
                .Select(i => nodes[new(path.Level * HashTile.Height, (path.Index * TilePath.FullWidth) + i)])
                .ToArray());
        foreach (var (node, hash) in nodes.Where(n => size <= 1_000 || n.Key.Level > 6))
        {
            Assert.Equal(hash, HashTile.NodeIn(tiles[HashTile.PathOf(node, size)], node));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => HashTile.PathOf(new(0, size), size));
        var read = (TreeNode node) => HashTile.NodeIn(tiles[HashTile.PathOf(node, size)], node);
        var proof = InclusionProof.Compute(size / 2, size, read);
        Assert.True(InclusionProof.Verify(size / 2, size, nodes[new(0, size / 2)], proof, range.Root));
    }

    [Fact]
    public void A_tile_is_a_whole_number_of_hashes()
    {
        Hash[] hashes = [Hash.Of([1]), Hash.Of([2])];

        Assert.Equal(hashes, HashTile.Decode(HashTile.Encode(hashes)));
        Assert.Empty(HashTile.Decode(new byte[33]));
        Assert.Empty(HashTile.Decode(new byte[HashTile.MaxBytes + Hash.Size]));
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
