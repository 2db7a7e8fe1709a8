using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Log.Signing;

namespace Holdpoint.Evidence.Tests.Dsse;

public class DsseEnvelopeTests
{
    private const string Good = """{"payload":"aGk=","payloadType":"t","signatures":[{"sig":"AA=="}]}""";

    [Fact]
    public void A_signed_payload_reads_back_with_a_signature_over_its_encoding()
    {
        using var key = Ed25519PrivateKey.Generate();

        Prop.ForAll<byte[], NonEmptyString>((payload, type) =>
        {
            var payloadType = new string([.. type.Get.Where(char.IsAsciiLetterOrDigit), '/']);
            var parsed = DsseEnvelope.TryParse(DsseEnvelope.Sign(payloadType, payload, key).ToJson(), out var read, out _);

            return parsed
                && read!.PayloadType == payloadType
                && read.Payload.Span.SequenceEqual(payload)
                && read.Signatures is [var signature]
                && signature.KeyId == KeyId.Of(key.PublicKey)
                && key.PublicKey.Verify(PreAuthenticationEncoding.Of(payloadType, payload), signature.Bytes.Span);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_two_pairs_of_type_and_payload_share_an_encoding()
    {
        Assert.NotEqual(PreAuthenticationEncoding.Of("a", "b 1 c"u8), PreAuthenticationEncoding.Of("a 5 b", "c"u8));
        Assert.Equal("DSSEv1 2 é 0 ", Encoding.UTF8.GetString(PreAuthenticationEncoding.Of("é", [])));
    }

    [Theory]
    [InlineData("payload", """{"payload":"-_8","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("padded", """{"payload":"-_8=","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("standard", """{"payload":"+/8=","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData(
        "white space", """ { "signatures" : [ { "keyid" : "" , "sig" : "AA==" } ] , "payloadType" : "t", "payload" : "\u002b/8=" } """)]
    public void Both_alphabets_of_base64_are_read(string form, string json)
    {
        Assert.True(DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(json), out var envelope, out var fault), $"{form}: {fault}");
        Assert.Equal([0xfb, 0xff], envelope.Payload.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData(Good + "x")]
    [InlineData(Good + Good)]
    [InlineData("\ufeff" + Good)]
    [InlineData("""{"payload":"aGk=","payload":"aGk=","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aGk=","p\u0061yload":"aGk=","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aGk=","\ud800":1,"payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"\ud800","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"\ud800","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"t","signatures":[{"sig":"AA=="}],"more":1}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"t","signatures":[{"sig":"AA==","more":1}]}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"t","signatures":[{"sig":"AA==","sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"t","signatures":[{"sig":"AA==","keyid":7}]}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"t","signatures":[{}]}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"t","signatures":[]}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"t","signatures":{"sig":"AA=="}}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"t\n","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":null,"payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aGk","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aGl=","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aG k=","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"-/8=","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"-_9=","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"-_8==","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"aGk=","payloadType":"t","signatures":[{"sig":"AA=="}],}""")]
    [InlineData("""{"payload":"aGk=",/* */"payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    public void Anything_but_an_envelope_with_one_reading_is_refused(string json)
    {
        Assert.True(DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(Good), out _, out _));

        Assert.False(DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(json), out var envelope, out var fault));
        Assert.Null(envelope);
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void Invalid_UTF_8_is_refused()
    {
        var json = Encoding.Latin1.GetBytes(Good.Replace("\"t\"", "\"t\u00e9\"", StringComparison.Ordinal));

        Assert.False(DsseEnvelope.TryParse(json, out _, out var fault));
        Assert.Contains("UTF-8", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_size_the_depth_and_the_signatures_are_limited()
    {
        var padding = new string(' ', DsseEnvelope.MaxBytes - Good.Length);
        Assert.True(DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(Good + padding), out _, out _));
        Assert.False(DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(Good + padding + ' '), out _, out _));

        var deep = new string('[', 100_000);
        Assert.False(DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(deep), out _, out _));

        Assert.True(DsseEnvelope.TryParse(WithSignatures(DsseEnvelope.MaxSignatures), out _, out _));
        Assert.False(DsseEnvelope.TryParse(WithSignatures(DsseEnvelope.MaxSignatures + 1), out _, out _));
    }

    [Fact]
    public void No_text_whatever_makes_it_throw()
    {
        var fragments = Gen.Elements(
            "{", "}", "[", "]", ",", ":", "\"payload\":", "\"payloadType\":",
            "\"signatures\":", "\"sig\":", "\"aGk=\"", "\"\\ud800\"", "\"\\ud800\":",
            "1", "-", "null", "\u0000", "\ufeff", " ", Good);

        Prop.ForAll(fragments.ListOf().ToArbitrary(), parts =>
            DsseEnvelope.TryParse(Encoding.UTF8.GetBytes(string.Concat(parts)), out _, out var fault) || fault is not null)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_we_write_has_no_line_end()
    {
        using var key = Ed25519PrivateKey.Generate();

        Assert.DoesNotContain((byte)'\n', DsseEnvelope.Sign("t", "hi"u8, key).ToJson());
    }

    private static byte[] WithSignatures(int count) => Encoding.UTF8.GetBytes(
        $$"""{"payload":"aGk=","payloadType":"t","signatures":[{{string.Join(',', Enumerable.Repeat("{\"sig\":\"AA==\"}", count))}}]}""");
}
