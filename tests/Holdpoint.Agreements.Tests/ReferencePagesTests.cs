using System.Text.RegularExpressions;
using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests;

/// <summary>The examples in the reference pages are loaded as they stand there.</summary>
public sealed partial class ReferencePagesTests
{
    [Fact]
    public void The_agreement_that_the_page_describes_loads()
    {
        var page = Blocks("agreement.md");
        using var draft = new DraftAgreement
        {
            ["agreement.yaml"] = page.First(block => block.Language == "yaml").Text,
            ["basis.yaml"] = page.Last(block => block.Language == "yaml").Text,
            ["clauses/employment.cedar"] = page.Single(block => block.Language == "cedar").Text,
            ["vocabulary.cedarschema"] = Blocks("vocabulary.md").Single(block => block.Language == "cedarschema").Text,
        };

        var agreement = draft.LoadSound();

        Assert.Equal("example", agreement.Name);
        Assert.Equal("registry", Assert.Single(agreement.Issuers.All).Name);
        Assert.Equal(EffectClass.Inform, agreement.EffectClassOf("desk", "look_up", agreement.Tools[0].DefinitionDigest));
        Assert.True(agreement.Vocabulary.HasValue("Purpose", "wildlifeCensus"));
    }

    [Fact]
    public void The_claims_of_the_page_are_read()
    {
        var header = Blocks("vocabulary.md").Single(block => block.Language == "json").Text;
        Assert.Equal("employment", Claimed.Parse(header, Vocabulary.BuiltIn).Claims?.Purpose);
    }

    private static List<(string Language, string Text)> Blocks(string page) =>
        [.. Block().Matches(File.ReadAllText(Repo.Path("docs", "reference", page))).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    [GeneratedRegex("```([a-z]+)\n(.*?\n)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
