using System.Globalization;
using System.Collections.Immutable;
using System.Text;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Signals;
using Holdpoint.Testing;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests.Signals;

/// <summary>Identifiers that are cut over neighbouring texts, each of which shows nobody, or somebody else.</summary>
public sealed class SeamPersonsTests
{
    private static readonly string[] Identifiers =
    [
        "ann@example.org", "bo.kay+x@mail.example.co.uk", "905-674-3793", "(905) 674-3793", "+44 20 7946 0958", "+14165550123",
        "0171 555 0123", "460-89-9847", "4111 1111 1111 1111", "4111111111111111", "DE89 3704 0044 0532 0130 00", "40.71281, -74.00601",
    ];

    public static TheoryData<string> AllIdentifiers => [.. Identifiers];

    [Theory]
    [MemberData(nameof(AllIdentifiers))]
    public void An_identifier_that_is_cut_anywhere_counts_once(string identifier)
    {
        Assert.Equal(1, Scan.Persons(identifier));
        for (var cut = 1; cut < identifier.Length; cut++)
        {
            Assert.Equal(1, Persons("write to " + identifier[..cut], identifier[cut..] + " please"));
            Assert.Equal(1, Persons(identifier[..cut], identifier[cut..]));
        }
    }

    [Theory]
    [MemberData(nameof(AllIdentifiers))]
    public void An_identifier_in_one_letter_pieces_counts_once(string identifier) =>
        Assert.Equal(1, Persons([.. identifier.Select(static c => c.ToString())]));

    [Theory]
    [InlineData("ann&#64", ";example.org")]
    [InlineData("ann", "\uFF20example.org")]
    [InlineData("call me at 90567", "43793 today")]
    [InlineData("my SSN is 46089", "9847")]
    public void Disguised_or_announced_ones_too(string left, string right) => Assert.Equal(1, Persons(left, right));

    [Fact]
    public void Thousands_that_are_each_cut_are_thousands()
    {
        var addresses = Enumerable.Range(0, 4_000).SelectMany(static i => new[] { $"p{i}@exam", "ple.org\n" });
        var phones = Enumerable.Range(0, 4_000).SelectMany(static i => new[] { $"905-674-{i / 100:D2}", $"{i % 100:D2}\n" });

        Assert.Equal(4_000, Persons([.. addresses]));
        Assert.Equal(4_000, Persons([.. phones]));
    }

    [Theory]
    [InlineData("write to bob@example.com", "Please do it", 1)]
    [InlineData("his number is 905-674-3793", "12 people came", 1)]
    [InlineData("OK", "@alice.smith can you look?", 0)]
    [InlineData("1 +", "12345678", 0)]
    [InlineData("the total is 0", "123456789 was the other", 0)]
    [InlineData("1732921123456", "42", 0)]
    [InlineData("we met in 2024", "300 people, 12:30", 0)]
    [InlineData("2024-01-02", "2024-01-03", 0)]
    [InlineData("192.168.1.1", "10.0.0.2", 0)]
    [InlineData("12.3456", "34.5678", 0)]
    [InlineData("19.99", "24.50", 0)]
    [InlineData("npm i lodash@4.17.2", "Done.", 0)]
    [InlineData("Name: An", "n Lee", 1)]
    public void Ordinary_neighbours_make_nobody(string left, string right, int persons) => Assert.Equal(persons, Persons(left, right));

    [Theory]
    [InlineData(7)]
    [InlineData(4)]
    [InlineData(3)]
    public void Lists_of_numbers_are_nobody(int digits)
    {
        var random = new Random(digits);
        var numbers = Enumerable.Range(0, 3_000).Select(
            _ => random.NextInt64((long)Math.Pow(10, digits)).ToString("D" + digits, CultureInfo.InvariantCulture));

        Assert.Equal(0, Persons([.. numbers]));
    }

    [Fact]
    public void A_name_between_two_texts_does_not_part_an_address()
    {
        Part[] parts = [At("/messages/0/content", "write to ann@exam"), At("/messages/1/name", "bo"), At("/messages/1/content", "ple.org")];

        Assert.Equal(1, Persons(parts));
    }

    [Fact]
    public void Whoever_is_cut_is_unattested_where_a_byte_of_it_is()
    {
        ImmutableArray<Part> parts = [At("/0", "write to ann@exam"), At("/1", "ple.org, or to bo@exam"), At("/2", "ple.org now")];
        Findings[] found = [.. parts.Select(Scan.Plain.Scan)];

        long Within(params ImmutableArray<ByteRange>[] ranges) => Seams.PersonsWithin(Scan.Plain, parts, found, ranges).PersonCount;

        Assert.Equal(2, Seams.Scan(Scan.Plain, parts, found).PersonCount);
        Assert.Equal(0, Within([], [], []));
        Assert.Equal(1, Within([new(0, 17)], [], []));
        Assert.Equal(2, Within([], [new(0, 22)], []));
        Assert.Equal(0, Within([new(0, 9)], [new(7, 15)], [new(7, 11)]));
        var seams = Seams.Scan(Scan.Plain, parts, found);
        Assert.Equal(2, UnattestedPersons.Count(Scan.Plain, parts, ProvenanceMap.Establish(parts, []), found, seams, parts));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("a")]
    [InlineData("a@")]
    [InlineData("+1 ")]
    [InlineData("12-")]
    [InlineData("1.5, ")]
    [InlineData("GB29 ")]
    public void Tiny_texts_without_end_cost_in_proportion(string text)
    {
        var (one, eight) = (Cost(TestScale.Of(8_000, 60_000)), Cost(8 * TestScale.Of(8_000, 60_000)));

        Assert.True(eight <= (12 * one) + (64 * 1024), $"{one} bytes for one, {eight} for eight");

        long Cost(int count)
        {
            ImmutableArray<Part> parts = [.. Enumerable.Repeat(At("/t", text), count)];
            Findings[] found = [.. parts.Select(Scan.Plain.Scan)];
            return Allocations.Of(() => Seams.Scan(Scan.Plain, parts, found));
        }
    }

    private static long Persons(params string[] texts) => Persons([.. texts.Select(static text => At("/t", text))]);

    private static long Persons(Part[] parts)
    {
        Findings[] found = [.. parts.Select(Scan.Plain.Scan)];
        return Findings.Merge([.. found, Seams.Scan(Scan.Plain, [.. parts], found)]).PersonCount;
    }

    private static Part At(string path, string text) => new(path, PartKind.Text, Encoding.UTF8.GetBytes(text));
}
