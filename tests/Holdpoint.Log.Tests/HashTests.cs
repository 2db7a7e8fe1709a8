using System.Security.Cryptography;
using Holdpoint.Log.Tree;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests;

public sealed class HashTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void Text_forms_read_back()
    {
        var hash = MerkleTree.EmptyRoot;

        Assert.Equal(Hex, hash.ToHex());
        Assert.True(Hash.TryParseHex(Hex, out var fromHex) && fromHex == hash);
        Assert.True(Hash.TryParseBase64(hash.ToBase64(), out var fromBase64) && fromBase64 == hash);
        Assert.Equal(new string('0', 64), Hash.Zero.ToHex());
    }

    [Fact]
    public void A_hash_is_the_frameworks_sha_256_at_every_length_and_allocates_nothing()
    {
        foreach (var length in Enumerable.Range(0, 300).Concat([1_000, 16_384, 1 << 20]))
        {
            var data = new byte[length];
            new Random(length).NextBytes(data);

            Assert.Equal(Hash.FromBytes(SHA256.HashData(data)), Hash.Of(data));
        }

        var some = new byte[200];
        Assert.InRange(Allocations.Of(() => Hash.Of(some), times: 100), 0, 100);
    }

    [Theory]
    [InlineData("")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Other_hex_is_no_hash(string text) => Assert.False(Hash.TryParseHex(text, out _));

    [Theory]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")]   // no padding
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=")]  // stray bits in the last digit
    [InlineData("47DEQpj8HBSa+/TImW+5JCeu QeRkm5NMpJWZG3hSuFU=")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]  // the URL alphabet
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==")]  // 31 bytes
    public void Other_base64_is_no_hash(string text) => Assert.False(Hash.TryParseBase64(text, out _));

    [Fact]
    public void Leaves_and_nodes_hash_as_RFC_6962_says()
    {
        Assert.Equal(Hash.Of([0]), MerkleTree.LeafHash([]));
        var large = new byte[20_000];
        Assert.Equal(Hash.Of([0, .. large]), MerkleTree.LeafHash(large));
        var (a, b) = (Hash.Of([1]), Hash.Of([2]));
        Assert.Equal(Hash.Of([1, .. a.ToArray(), .. b.ToArray()]), MerkleTree.NodeHash(a, b));
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        var entry = new byte[1_024];
        var node = MerkleTree.LeafHash(entry);
        node = MerkleTree.NodeHash(node, node);

        Assert.Equal(0, Allocations.Of(() => node = MerkleTree.NodeHash(MerkleTree.LeafHash(entry), node), times: 100));
    }

    [Fact]
    public void Hexadecimal_digits_are_written_where_they_fit()
    {
        var digits = new byte[70];

        MerkleTree.EmptyRoot.WriteHex(digits);

        Assert.Equal(Hex + new string('\0', 6), System.Text.Encoding.ASCII.GetString(digits));
        Assert.Throws<ArgumentException>(() => MerkleTree.EmptyRoot.WriteHex(new byte[63]));
    }

    [Fact]
    public void Without_an_algorithm_of_openssl_the_framework_hashes()
    {
        var digest = new byte[Hash.Size];

        Sha256.HashData(algorithm: 0, "holdpoint"u8, digest);

        Assert.Equal(System.Security.Cryptography.SHA256.HashData("holdpoint"u8), digest);
    }
}
