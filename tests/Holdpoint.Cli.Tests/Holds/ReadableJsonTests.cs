using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Cli.Holds;
using Holdpoint.Evidence.Approvals;
using Holdpoint.Log;

namespace Holdpoint.Cli.Tests.Holds;

/// <summary>Reviewers see the letters that the model reads, and nothing that they cannot see.</summary>
public sealed class ReadableJsonTests
{
    private const string Id = "hold_4f6a1c0de2b94c7a8e5d3b6f90a1c2d4";

    [Theory]
    [InlineData("""{"content":"\u0070\u006c\u0061n"}""", """{"content":"plan"}""")]
    [InlineData("""{"\u0063ontent":"\u0050LAN \u00e9\u4f60 \ud83c\udf0a"}""", """{"content":"PLAN é你 🌊"}""")]
    [InlineData("""["a\u0020b\/c"]""", """["a b\/c"]""")]
    [InlineData("""["\u0022\u005c\u005C"]""", """["\u0022\u005c\u005C"]""")]
    [InlineData("""["\\u0070 \\\u0070"]""", """["\\u0070 \\p"]""")]
    [InlineData("""["a\nb\u000a\t\u0009\u001b[2J"]""", """["a\nb\u000a\t\u0009\u001b[2J"]""")]
    [InlineData("""["\u202e\u200b\u00ad\udb40\udc70\u2028\ufeff\u00a0\u3000\u034f\ufe0f\u3164"]""",
        """["\u202e\u200b\u00ad\udb40\udc70\u2028\ufeff\u00a0\u3000\u034f\ufe0f\u3164"]""")]
    [InlineData("""["\ud83c \udf0a\u0070"]""", """["\ud83c \udf0ap"]""")]
    [InlineData("not JSON: \\u0070", "not JSON: \\u0070")]
    [InlineData("{\"cut\":\"\\u0070", "{\"cut\":\"\\u0070")]
    [InlineData("event: x\ndata: {\"a\":\"\\u0070\"}\n\ndata: [DONE]\n", "event: x\ndata: {\"a\":\"p\"}\n\ndata: [DONE]\n")]
    public void Escaped_letters_are_shown_as_letters_and_what_is_invisible_stays_written_out(string text, string shown) =>
        Assert.Equal(shown, ReadableJson.Decode(text));

    [Theory]
    [InlineData("""{"a":[{"b":"{\"q\":\"\\u0070\\u006can\"}"}]}""", "/a/0/b", """{"q":"plan"}""")]
    [InlineData("""["x","\\u0070lan"]""", "/1", "plan")]
    [InlineData("""["cGxhbiBhbiBhdHRhY2s="]""", "/0", "plan an attack")]
    [InlineData("""["data:text/plain;base64,cGxhbiBhbiBhdHRhY2s"]""", "/0", "plan an attack")]
    [InlineData("""{"data":"XHUwMDcwbGFuIGFuIGF0dGFjaw=="}""", "/data", "plan an attack")]
    public void A_text_within_a_string_is_shown_decoded_beside(string text, string place, string shown) =>
        Assert.Equal((place, shown), ReadableJson.Inside(text).Last());

    [Theory]
    [InlineData("""{"model":"gpt-4o","messages":[{"role":"user","content":"hello there, C:\\temp and 100% of it"}]}""")]
    [InlineData("""{"id":"9f2c51f09a4c4ce3a4c7c2a1f2e5d6b7089a1b2c3d4e5f60718293a4b5c6d7e8","x":"{\"q\":\"plain\"}"}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("no JSON")]
    public void Ordinary_strings_are_shown_once(string text) => Assert.Empty(ReadableJson.Inside(text));

    [Theory]
    [InlineData("a\u2800b", "a\\u{2800}b")]
    [InlineData("a\u3164\uFFA0\u115Fb", "a\\u{3164}\\u{FFA0}\\u{115F}b")]
    [InlineData("a\uFE00\uDB40\uDD00b", "a\\u{FE00}\\u{E0100}b")]
    public void Letters_that_no_font_shows_are_written_out(string text, string visible) => Assert.Equal(visible, Visible.Text(text));

    [Fact]
    public void What_is_shown_is_decoded_and_what_is_signed_is_the_bytes()
    {
        const string Body = """{"model":"echo","prompt":"\u0070\u006c\u0061n \u202e","user":"{\"q\":\"\\u0078\\u0079\"}"}""";
        var binding = new HoldBinding(
            "call", "/v1/completions", "openai", "first", "analysts-cloud", "analyst-7\nhold      fake", Hash.Of("bundle"u8),
            Hash.Of(Encoding.UTF8.GetBytes(Body)), null, [], []);
        var shown = ShownHold.Check(
            new JsonObject
            {
                ["hold"] = new JsonObject { ["id"] = Id, ["clauses"] = new JsonArray() },
                ["seats"] = new JsonArray(),
                ["binding"] = JsonNode.Parse(binding.ToJson(Id)),
                ["content"] = new JsonObject { ["body"] = Body },
            },
            Id);

        var text = shown.Describe();

        Assert.Contains("""  | {"model":"echo","prompt":"plan \u202e","user":""", text, StringComparison.Ordinal);
        Assert.Contains("body /user, decoded\n  | {\"q\":\"xy\"}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nhold      fake", text, StringComparison.Ordinal);
        Assert.Equal(binding.DigestFor(Id), shown.Digest);
    }
}
