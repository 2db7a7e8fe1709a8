using System.Text;
using System.Text.Json;
using Holdpoint.Log.Signing;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests.Signing;

public sealed class Ed25519Tests
{
    // RFC 8032 §7.1, TEST 1 (empty message) and TEST 3.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Signatures_are_those_of_RFC_8032(string seed, string publicKey, string message, string signature)
    {
        using var key = Ed25519PrivateKey.FromSeed(Convert.FromHexString(seed));

        Assert.Equal(Convert.FromHexString(publicKey), key.PublicKey.Bytes);
        Assert.Equal(Convert.FromHexString(signature), key.Sign(Convert.FromHexString(message)));
        Assert.True(key.PublicKey.Verify(Convert.FromHexString(message), Convert.FromHexString(signature)));
        Assert.False(key.PublicKey.Verify(Convert.FromHexString(message + "00"), Convert.FromHexString(signature)));
    }

    /// <summary>
    /// The rule of ADR 0020 on every edge case of github.com/C2SP/CCTV: a key that is not canonical or of small order is not loaded, and a
    /// signature is refused where R is not canonical or a component of small order is left over; everything else verifies.
    /// </summary>
    [Fact]
    public void Edge_cases_are_decided_by_our_stated_rule()
    {
        string[] refusedWhenLoaded = ["non_canonical_A", "low_order_A"];
        string[] refusedWhenVerified = ["non_canonical_R", "low_order_residue"];
        using var vectors = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(TestData.Archive("log/ed25519.tar.gz"), "ed25519", "ed25519vectors.json")));
        var verified = 0;
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            var number = vector.GetProperty("number").GetInt32();
            var flags = vector.GetProperty("flags") is { ValueKind: JsonValueKind.Array } list
                ? list.EnumerateArray().Select(f => f.GetString()!).ToArray()
                : [];
            var loads = Ed25519PublicKey.TryFromBytes(Convert.FromHexString(vector.GetProperty("key").GetString()!), out var key, out _);
            Assert.True(loads == !flags.Intersect(refusedWhenLoaded).Any(), $"key of vector {number}");
            if (loads)
            {
                var verifies = key!.Verify(
                    Encoding.UTF8.GetBytes(vector.GetProperty("msg").GetString()!),
                    Convert.FromHexString(vector.GetProperty("sig").GetString()!));
                Assert.True(verifies == !flags.Intersect(refusedWhenVerified).Any(), $"signature of vector {number}");
                verified += verifies ? 1 : 0;
            }
        }

        Assert.Equal(914, vectors.RootElement.GetArrayLength());
        Assert.InRange(verified, 1, 207); // OpenSSL alone accepts 208, some of them for keys that we do not load
    }

    [Theory]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "not a point of the curve")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "not canonical")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", "small order")]
    [InlineData("00", "32 bytes")]
    public void A_bad_key_is_named_when_it_is_loaded(string key, string expected)
    {
        Assert.False(Ed25519PublicKey.TryFromBytes(Convert.FromHexString(key), out _, out var fault));
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_with_S_past_the_group_order_is_refused()
    {
        using var key = Ed25519PrivateKey.FromSeed(new byte[32]);
        var signature = key.Sign("m"u8);
        var order = System.Numerics.BigInteger.Parse(
            "7237005577332262213973186563042994240857116359379907606001950938285454250989",
            System.Globalization.CultureInfo.InvariantCulture);
        var shifted = new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        var bytes = shifted.ToByteArray(isUnsigned: true);

        Assert.True(key.PublicKey.Verify("m"u8, signature));
        Assert.False(key.PublicKey.Verify("m"u8, [.. signature[..32], .. bytes]));
        Assert.False(key.PublicKey.Verify("m"u8, signature.AsSpan(1)));
    }

    [Fact]
    public void A_disposed_key_signs_no_more()
    {
        var key = Ed25519PrivateKey.Generate();
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Sign([]));
        Assert.Throws<ObjectDisposedException>(key.ExportSeed);
    }

    [Fact]
    public void Many_threads_share_one_key()
    {
        using var key = Ed25519PrivateKey.Generate();

        Parallel.For(0, 200, i =>
        {
            var message = BitConverter.GetBytes(i);
            Assert.True(key.PublicKey.Verify(message, key.Sign(message)));
        });
    }
}
