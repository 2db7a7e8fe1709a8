using System.Text;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Syntax;

public sealed class PublishedPolicyTests
{
    [Fact]
    public void Every_published_policy_parses_and_prints_to_a_text_that_parses_to_the_same_policy()
    {
        var files = TestData.Entries("cedar/corpus.tar.gz").Where(f => f.Key.EndsWith(".cedar", StringComparison.Ordinal)).ToList();

        Assert.Equal(5_474, files.Count);
        foreach (var (_, text) in files)
        {
            var parsed = PolicyParser.Parse(Encoding.UTF8.GetString(text));

            Assert.Empty(parsed.Diagnostics);
            var policy = Assert.Single(parsed.Policies);
            Assert.Equal(policy, Assert.Single(PolicyParser.Parse(policy.ToString()).Policies));
        }
    }
}
