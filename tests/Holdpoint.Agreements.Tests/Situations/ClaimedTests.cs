using FsCheck;
using FsCheck.Fluent;

namespace Holdpoint.Agreements.Tests.Situations;

public sealed class ClaimedTests
{
    [Fact]
    public void Every_claim_can_be_made()
    {
        var parsed = Claimed.Parse(
            """
            { "purpose": "employment", "origin": "domestic", "jurisdiction": "us", "acquisition": "commercial", "consent": "none",
              "classes": ["health", "geolocation"], "environment": "edge", "authority": "warrant", "human": false }
            """,
            Vocabulary.BuiltIn);

        Assert.True(parsed.IsValid, parsed.Fault);
        var claims = parsed.Claims;
        Assert.Equal(
            ("employment", "domestic", "us", "commercial", "none", "edge", "warrant", (bool?)false),
            (claims.Purpose, claims.Origin, claims.Jurisdiction, claims.Acquisition,
                claims.Consent, claims.Environment, claims.Authority, claims.Human));
        Assert.True(claims.Classes!.SetEquals(["geolocation", "health"]));
    }

    [Fact]
    public void An_empty_object_claims_nothing() => Assert.Equal(Claimed.None, Claimed.Parse("{}", Vocabulary.BuiltIn).Claims);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"employment\"")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{},")]
    [InlineData("{\"purpose\":\"employment\",}")]
    [InlineData("{\"purpose\":\"employment\",\"purpose\":\"general\"}")]
    [InlineData("{\"purpose\":\"employment\",\"purp\\u006fse\":\"general\"}")]
    [InlineData("{\"Purpose\":\"employment\"}")]
    [InlineData("{\"reason\":\"employment\"}")]
    [InlineData("{\"purpose\":\"Employment\"}")]
    [InlineData("{\"purpose\":\"hiring\"}")]
    [InlineData("{\"purpose\":null}")]
    [InlineData("{\"purpose\":[\"employment\"]}")]
    [InlineData("{\"purpose\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":\"x\"}")]
    [InlineData("{\"classes\":\"health\"}")]
    [InlineData("{\"classes\":[\"health\",\"health\"]}")]
    [InlineData("{\"classes\":[[\"health\"]]}")]
    [InlineData("{\"classes\":[1]}")]
    [InlineData("{\"classes\":{}}")]
    [InlineData("{\"human\":\"true\"}")]
    [InlineData("{\"human\":1}")]
    [InlineData("{\"human\":{}}")]
    [InlineData("{\"authority\":true}")]
    [InlineData("// hm\n{}")]
    public void Anything_else_is_a_fault(string header)
    {
        var parsed = Claimed.Parse(header, Vocabulary.BuiltIn);

        Assert.False(parsed.IsValid);
        Assert.NotEmpty(parsed.Fault);
    }

    [Fact]
    public void A_fault_repeats_nothing_of_the_header() =>
        Assert.DoesNotContain("4111", Claimed.Parse("{\"purpose\":\"card 4111\"}", Vocabulary.BuiltIn).Fault!, StringComparison.Ordinal);

    [Fact]
    public void A_header_beyond_the_limit_is_not_read()
    {
        Assert.True(Claimed.Parse("{}" + new string(' ', Claimed.MaxHeaderBytes - 2), Vocabulary.BuiltIn).IsValid);
        Assert.False(Claimed.Parse("{}" + new string(' ', Claimed.MaxHeaderBytes - 1), Vocabulary.BuiltIn).IsValid);
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var parsed = Claimed.Parse(text ?? "", Vocabulary.BuiltIn);
            return parsed.IsValid || parsed.Fault.Length > 0;
        }).QuickCheckThrowOnFailure();
}
