using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Syntax;

public sealed class PublishedPolicyTests
{
    [Fact]
    public void Every_published_policy_parses_and_prints_to_a_text_that_parses_to_the_same_policy()
    {
        var files = Directory.EnumerateFiles(TestData.Archive("cedar/corpus.tar.gz"), "*.cedar", SearchOption.AllDirectories).ToList();

        Assert.Equal(5_474, files.Count);
        foreach (var file in files)
        {
            var parsed = PolicyParser.Parse(File.ReadAllText(file));

            Assert.Empty(parsed.Diagnostics);
            var policy = Assert.Single(parsed.Policies);
            Assert.Equal(policy, Assert.Single(PolicyParser.Parse(policy.ToString()).Policies));
        }
    }
}
