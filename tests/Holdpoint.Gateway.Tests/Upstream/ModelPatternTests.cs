using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Testing;
using static Holdpoint.Gateway.Tests.Upstream.Sending;

namespace Holdpoint.Gateway.Tests.Upstream;

public sealed class ModelPatternTests
{
    [Theory]
    [InlineData("echo", "echo", true)]
    [InlineData("echo", "Echo", false)]
    [InlineData("echo", "echo2", false)]
    [InlineData("gpt-*", "gpt-", true)]
    [InlineData("gpt-*", "gpt-5.4-mini", true)]
    [InlineData("gpt-*", "xgpt-5", false)]
    [InlineData("*", "", true)]
    [InlineData("*-mini", "gpt-5-mini", true)]
    [InlineData("ft:*:acme:*", "ft:gpt-4o:acme:x:1", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*ba", "aba", true)]
    [InlineData("a.c", "abc", false)]
    public void A_star_stands_for_any_characters(string pattern, string model, bool matches) =>
        Assert.Equal(matches, new ModelPattern(pattern).Matches(model));

    [Fact]
    public void Patterns_agree_with_regular_expressions() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            string Make(string letters) => new([.. Enumerable.Range(0, random.Next(8)).Select(_ => letters[random.Next(letters.Length)])]);
            var (pattern, model) = (Make("ab*"), Make("ab"));

            var regex = "\\A" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "\\z";

            Assert.Equal(Regex.IsMatch(model, regex), new ModelPattern(pattern).Matches(model));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(2_000, 100_000)));

    [Fact]
    public void The_first_upstream_that_matches_serves_the_model()
    {
        var first = new FixedUpstream("first", Models("gpt-5", "o*"), []);
        var second = new FixedUpstream("second", Models("gpt-*"), []);
        using var registry = new UpstreamRegistry([first, second]);

        Assert.Same(first, registry.Find("gpt-5"));
        Assert.Same(second, registry.Find("gpt-5-mini"));
        Assert.Same(first, registry.Find("o3"));
        Assert.Null(registry.Find("claude"));
    }
}
