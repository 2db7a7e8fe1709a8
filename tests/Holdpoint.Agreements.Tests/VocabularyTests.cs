using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests;

public sealed class VocabularyTests
{
    [Fact]
    public void The_lists_are_those_of_the_schema_file()
    {
        Assert.Equal(["cloud", "onPremises", "edge", "unattested"], Vocabulary.BuiltIn.ValuesOf("Environment"));
        Assert.Equal(["domestic", "foreign", "unknown"], Vocabulary.BuiltIn.ValuesOf("Holdpoint::Origin"));
        Assert.Equal(32, Vocabulary.BuiltIn.ValuesOf("Seat").Length);
        Assert.Empty(Vocabulary.BuiltIn.ValuesOf("Model"));
        Assert.False(Vocabulary.BuiltIn.IsList("Model"));
        Assert.Contains("Holdpoint::Model", Vocabulary.BuiltIn.EntityTypes);
        Assert.Superset(
            new HashSet<string> { "content", "unattestedPersons", "coversContent", "effect", "human" },
            Vocabulary.BuiltIn.Attributes.ToHashSet());
        Assert.DoesNotContain("Set", Vocabulary.BuiltIn.Attributes);
        Assert.Equal(
            [
                "Holdpoint::Principal Holdpoint::Action::\"act\" Holdpoint::Tool",
                "Holdpoint::Principal Holdpoint::Action::\"invoke\" Holdpoint::Model"],
            Vocabulary.BuiltIn.Schema.Environments.Select(environment => environment.ToString()));
    }

    [Theory]
    [InlineData("Origin")]
    [InlineData("Jurisdiction")]
    [InlineData("Acquisition")]
    [InlineData("Consent")]
    [InlineData("DataClass")]
    [InlineData("Purpose")]
    [InlineData("LegalBasis")]
    public void A_list_that_statements_fill_has_a_value_for_nobody_has_said(string list) =>
        Assert.True(Vocabulary.BuiltIn.HasValue(list, "unknown"));

    [Fact]
    public void The_reference_page_lists_every_value()
    {
        var page = File.ReadAllText(Repo.Path("docs", "reference", "vocabulary.md"));
        foreach (var list in Vocabulary.BuiltIn.Lists.Where(list => list != "Holdpoint::Seat"))
        {
            Assert.All(Vocabulary.BuiltIn.ValuesOf(list), value => Assert.Contains($"`{value}`", page, StringComparison.Ordinal));
        }
    }
}
