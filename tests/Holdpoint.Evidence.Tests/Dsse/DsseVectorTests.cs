using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Testing;

namespace Holdpoint.Evidence.Tests.Dsse;

/// <summary>
/// The vector of the DSSE protocol document. Its signature is ECDSA, which no issuer of ours uses: the encoding is what it proves.
/// </summary>
public class DsseVectorTests
{
    private static readonly Lazy<JsonElement> Vector = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Archive("log/dsse.tar.gz"), "dsse", "vector.json"))).RootElement);

    [Fact]
    public void The_encoding_is_that_of_the_published_vector()
    {
        var encoding = PreAuthenticationEncoding.Of(Text("payloadType"), Encoding.UTF8.GetBytes(Text("body")));

        Assert.Equal(Text("pae"), Encoding.UTF8.GetString(encoding));
    }

    [Fact]
    public void The_published_envelope_reads_and_its_signature_is_over_our_encoding()
    {
        var json = Encoding.UTF8.GetBytes(Vector.Value.GetProperty("envelope").GetRawText());
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Convert.FromHexString(Text("xHex")), Y = Convert.FromHexString(Text("yHex")) },
        });

        Assert.True(DsseEnvelope.TryParse(json, out var envelope, out _));

        var encoding = PreAuthenticationEncoding.Of(envelope.PayloadType, envelope.Payload.Span);
        var signature = Assert.Single(envelope.Signatures);
        Assert.Equal("", signature.KeyId);
        Assert.True(key.VerifyData(
            encoding, signature.Bytes.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        encoding[^1] ^= 1;
        Assert.False(key.VerifyData(
            encoding, signature.Bytes.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    private static string Text(string name) => Vector.Value.GetProperty(name).GetString()!;
}
