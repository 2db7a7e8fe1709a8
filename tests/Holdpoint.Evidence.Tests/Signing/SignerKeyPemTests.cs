using Holdpoint.Evidence.Signing;
using Holdpoint.Log.Signing;

namespace Holdpoint.Evidence.Tests.Signing;

public class SignerKeyPemTests
{
    // The example of RFC 8410 §10.3 is this seed; a key file that openssl wrote would look the same.
    private const string Seed = "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842";

    [Fact]
    public void A_written_key_reads_back()
    {
        using var key = Ed25519PrivateKey.Generate();

        Assert.True(SignerKeyPem.TryRead(SignerKeyPem.Write(key), out var read));
        Assert.Equal(key.PublicKey, read.PublicKey);
        read.Dispose();
    }

    [Fact]
    public void The_form_is_PKCS_8()
    {
        using var key = Ed25519PrivateKey.FromSeed(Convert.FromHexString(Seed));

        Assert.Equal(
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n",
            SignerKeyPem.Write(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PUBLIC KEY-----\n")]
    [InlineData(
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n")]
    [InlineData(
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdQ==\n-----END PRIVATE KEY-----\n")]
    public void Anything_else_is_no_key(string text) => Assert.False(SignerKeyPem.TryRead(text, out _));
}
