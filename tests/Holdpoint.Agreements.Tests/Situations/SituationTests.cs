namespace Holdpoint.Agreements.Tests.Situations;

public sealed class SituationTests
{
    [Fact]
    public void Counts_are_saturated()
    {
        var facts = new ContentFacts(
            ["foreign"], ["us"], ["public"], ["none"], ["health"], ["office"], long.MaxValue, Count.Max + 1, Count.Max);

        Assert.Equal((Count.Max, Count.Max, Count.Max), (facts.Subjects, facts.UnattestedBytes, facts.UnattestedPersons));
        Assert.Equal(new ExposureCounts(Count.Max, 0, 1), new ExposureCounts(long.MaxValue, 0, 1));
        Assert.Equal(Count.Max, new Signals(long.MaxValue).Persons);
        Assert.Equal(Count.Max, (Signals.None with { Locations = long.MaxValue }).Locations);
    }

    [Fact]
    public void A_negative_count_was_counted_wrong()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ContentFacts.Unattested(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExposureCounts(0, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Signals(Persons: -1));
    }

    [Fact]
    public void Statements_cover_bytes_or_they_do_not()
    {
        Assert.Throws<ArgumentException>(() => new ContentFacts([], ["us"], ["public"], ["none"], ["health"], ["office"], 1, 0, 0));
        Assert.Throws<ArgumentException>(() => new ContentFacts(["foreign"], ["us"], ["public"], ["none"], ["health"], [], 1, 0, 0));
        Assert.Throws<ArgumentException>(() => new ContentFacts([], [], [], [], [], [], 1, 0, 0));
    }
}
