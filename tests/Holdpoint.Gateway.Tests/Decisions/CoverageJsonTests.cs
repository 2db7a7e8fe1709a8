using System.Collections.Immutable;
using System.Text;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Signals;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>Coverage lists are written in kept memory, and are what they would be without.</summary>
public sealed class CoverageJsonTests
{
    [Fact]
    public void A_list_costs_what_it_is_long()
    {
        ImmutableArray<CoverageEntry> entries = [.. Entries(3)];
        var length = CoverageJson.Of([], entries).List.Length;

        Assert.InRange(Allocations.Of(() => CoverageJson.Of([], entries)), length, length + 100);
    }

    [Fact]
    public void A_list_inside_a_list_or_after_one_that_broke_off_is_whole()
    {
        var alone = Text(CoverageJson.Of(1, 1, Entries(3)));
        var inner = "";

        var outer = Text(CoverageJson.Of(1, 1, Entries(3).Select(entry =>
        {
            inner = Text(CoverageJson.Of(1, 1, Entries(3)));
            return entry;
        })));
        Assert.Throws<InvalidOperationException>(() => CoverageJson.Of(1, 1, Entries(3).Concat(Broken())));

        Assert.Equal((alone, alone, alone), (outer, inner, Text(CoverageJson.Of(1, 1, Entries(3)))));
    }

    [Fact]
    public void A_long_list_is_written_whole_and_the_next_is_short_again()
    {
        var entry = Text(CoverageJson.Of(1, 1, Entries(1)))[1..^1];

        Assert.Equal(
            $"[{string.Join(',', Enumerable.Repeat(entry, 5_000))}]",
            Text(CoverageJson.Of(1, 1, Enumerable.Repeat(Entries(1).Single(), 5_000))));
        Assert.Equal($"[{entry}]", Text(CoverageJson.Of(1, 1, Entries(1))));
    }

    private static IEnumerable<CoverageEntry> Entries(int count) => Enumerable.Range(0, count)
        .Select(i => new CoverageEntry($"/messages/{i}/content", Check.Phrases, 12, CoverageResult.Clean));

    private static IEnumerable<CoverageEntry> Broken()
    {
        yield return new("/x", Check.Persons, 1, CoverageResult.Found);
        throw new InvalidOperationException();
    }

    private static string Text(Holdpoint.Gateway.Records.Coverage coverage) => Encoding.UTF8.GetString(coverage.List.Span);
}
