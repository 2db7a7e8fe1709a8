using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Log;
using Holdpoint.Log.Json;
using Holdpoint.Log.Records;
using Holdpoint.Signals;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Records;

/// <summary>docs/reference/records.md says what the code does.</summary>
public sealed partial class RecordReferenceTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "records.md"));

    [Fact]
    public void The_example_is_a_record()
    {
        var record = Encoding.UTF8.GetBytes(Blocks("json").Single());

        Assert.Null(RecordProfile.FaultOf(record));
        Assert.True(RecordLink.TryRead(record, out var link, out _));
        Assert.Equal(1, link.Seq);
    }

    [Fact]
    public void The_examples_disclosures_open_its_commitments()
    {
        using var record = JsonDocument.Parse(Blocks("json").Single());
        var root = record.RootElement;
        var disclosures = Blocks("text").SelectMany(b => b.Split('\n')).ToDictionary(NameOf, Disclosure.DigestOf);

        Assert.Equal(root.GetProperty("principal").GetString(), disclosures["principal"]);
        Assert.Equal(root.GetProperty("coverage").GetProperty("digest").GetString(), disclosures["coverage"]);
        Assert.Equal(root.GetProperty("commitments").GetProperty("body").GetString(), disclosures["body"]);
        Assert.Equal(root.GetProperty("commitments").GetProperty("claims").GetString(), disclosures["claims"]);
        Assert.Equal(4, disclosures.Count);
    }

    [Fact]
    public void The_examples_coverage_is_written_as_the_gateway_writes_it()
    {
        using var disclosure = JsonDocument.Parse(
            Base64Url.DecodeFromChars(Blocks("text").SelectMany(b => b.Split('\n')).Single(d => NameOf(d) == "coverage")));
        using var written = JsonDocument.Parse(CoverageJson.Of(1, 1_024, [
            new("/messages/0/content", Check.Normalise, 1_024, CoverageResult.Clean),
            new("/messages/0/content", Check.Phrases, 1_024, CoverageResult.Clean),
            new("/messages/0/content", Check.Persons, 1_024, CoverageResult.Found),
        ]).List);

        Assert.Equal(written.RootElement.GetRawText(), disclosure.RootElement[2].GetRawText());
    }

    [Fact]
    public void Every_member_that_a_record_can_have_is_in_the_table_and_no_other()
    {
        var full = LogFixture.Ordinary with
        {
            Tool = "send",
            Needs = ["reviewer#1"],
            About = 1,
            Requests = 1,
            Theorems = ["T1"],
            Solvers = ["z3"],
            Hold = "hold_00000000000000000000000000000000",
            Step = HoldStep.Approved,
            Seats = ["reviewer#1"],
            Digests = [new NamedDigest("binary", Hash.Zero)],
        };
        var pseudonym = new Pseudonym(1, "d", "p", new byte[16]);
        var rendered = new RenderedRecord();
        rendered.Render(full, "g", pseudonym, DateTimeOffset.UnixEpoch);
        var record = new byte[RecordProfile.MaxBytes];
        using var json = JsonDocument.Parse(record.AsMemory(0, rendered.Complete(Hash.Zero, 0, record)));

        Assert.Equal(
            json.RootElement.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal),
            TableRow()
                .Matches(Page[..Page.IndexOf("## Commitments", StringComparison.Ordinal)])
                .Select(m => m.Groups[1].Value)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_is_named() =>
        Assert.All(
            Enum.GetValues<RecordKind>(),
            kind => Assert.Contains($"`{Encoding.ASCII.GetString(RecordNames.Of(kind))}`", Page, StringComparison.Ordinal));

    private static IEnumerable<string> Blocks(string language) =>
        Block().Matches(Page).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value.TrimEnd('\n'));

    private static string NameOf(string disclosure)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(disclosure));
        return json.RootElement[1].GetString()!;
    }

    [GeneratedRegex("```([a-z]+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\| `([a-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
