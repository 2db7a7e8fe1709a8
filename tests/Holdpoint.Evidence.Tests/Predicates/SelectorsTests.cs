using Holdpoint.Evidence.Predicates;

namespace Holdpoint.Evidence.Tests.Predicates;

public class SelectorsTests
{
    private static readonly EvidenceId Id = EvidenceId.Of("statement"u8);
    private static readonly EvidenceId OtherId = EvidenceId.Of("other"u8);
    private static readonly DatasetProvenance Dataset = Party.Dataset();

    [Fact]
    public void Without_a_selector_nothing_is_covered() => Assert.False(Selectors.None.Cover(Id, Dataset));

    [Fact]
    public void A_dataset_is_named_by_its_statement_or_by_the_root_of_its_chunks()
    {
        Assert.True(new Selectors { Datasets = [OtherId, Id] }.Cover(Id, Dataset));
        Assert.True(new Selectors { Datasets = [new(Dataset.Chunks.Root)] }.Cover(Id, Dataset));
        Assert.False(new Selectors { Datasets = [OtherId] }.Cover(Id, Dataset));
    }

    [Fact]
    public void The_root_of_no_chunks_names_no_dataset()
    {
        var filesOnly = new DatasetProvenance { Origin = "domestic" };

        Assert.False(new Selectors { Datasets = [new(filesOnly.Chunks.Root)] }.Cover(Id, filesOnly));
    }

    [Theory]
    [InlineData(true, "geolocation", "identifiers", "health")]
    [InlineData(true, "identifiers", "geolocation")]
    [InlineData(false, "geolocation")]
    [InlineData(false, "health")]
    public void Every_class_of_the_dataset_must_be_selected(bool covered, params string[] classes) =>
        Assert.Equal(covered, new Selectors { Classes = [.. classes] }.Cover(Id, Dataset));

    [Fact]
    public void Each_selector_that_is_given_must_match()
    {
        Assert.True(new Selectors { Datasets = [Id], Origins = ["domestic"] }.Cover(Id, Dataset));
        Assert.False(new Selectors { Datasets = [Id], Origins = ["foreign"] }.Cover(Id, Dataset));
        Assert.False(new Selectors { Datasets = [OtherId], Origins = ["domestic"] }.Cover(Id, Dataset));
        Assert.False(new Selectors { Classes = ["health"], Origins = ["domestic"] }.Cover(Id, Dataset));
    }

    [Fact]
    public void What_is_unknown_matches_no_selector()
    {
        var silent = new DatasetProvenance();
        var frank = new DatasetProvenance { Origin = "unknown", Classes = ["unknown"] };

        foreach (var dataset in new[] { silent, frank })
        {
            Assert.False(new Selectors { Origins = ["domestic", "foreign", "unknown"] }.Cover(Id, dataset));
            Assert.False(new Selectors { Classes = ["health", "unknown"] }.Cover(Id, dataset));
            Assert.True(new Selectors { Datasets = [Id] }.Cover(Id, dataset));
        }
    }
}
