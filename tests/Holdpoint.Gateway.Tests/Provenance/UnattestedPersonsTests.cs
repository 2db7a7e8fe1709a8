using System.Collections.Immutable;
using System.Text;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests.Provenance;

public sealed class UnattestedPersonsTests : IDisposable
{
    private readonly Signer _signer = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Attested_rows_past_the_limit_do_not_make_a_question_the_worst_case()
    {
        var rows = Rows(50);
        var detectors = Detectors.Create([], maxPersons: 10);

        Assert.Equal(0, Count(detectors, rows, "Which of these people live together?"));
        Assert.Equal(2, Count(detectors, rows, "Which of them know ann@example.org and bo@example.org?"));
        Assert.Equal(2, Count(detectors, rows, "ann@example.org", "Which of them know her?", "bo@example.org"));
    }

    [Fact]
    public void Unattested_persons_do_not_hide_behind_attested_ones_past_the_limit()
    {
        var rows = Rows(50);
        var detectors = Detectors.Create([], maxPersons: 10);

        Assert.Equal(10, Count(detectors, rows, Addresses(10)));
        Assert.Equal(Findings.WorstCount, Count(detectors, rows, Addresses(11)));
    }

    [Fact]
    public void A_whole_register_of_attested_rows_with_three_identifiers_each_is_counted_exactly()
    {
        var rows = Rows(34_000);
        var text = Encoding.UTF8.GetBytes(string.Join('\n', rows));

        var findings = Detectors.Create([]).Scan(text);

        Assert.False(findings.IsSaturated);
        Assert.Equal(34_000, findings.PersonCount);
    }

    [Fact]
    public void Without_evidence_everybody_is_unattested()
    {
        var detectors = Detectors.Create([]);
        ImmutableArray<Part> parts = [Text("ann@example.org"), Text("ann@example.org bo@example.org")];

        Findings[] found = [.. parts.Select(detectors.Scan)];
        Assert.Equal(2, UnattestedPersons.Count(detectors, parts, ProvenanceMap.Establish(parts, []), found, Findings.None, []));
    }

    private long Count(Detectors detectors, string[] attested, params string[] unattested)
    {
        var statement = _signer.About(attested);
        var half = attested.Length / 2;
        string[] lines = [unattested[0], .. attested[..half], .. unattested[1..], .. attested[half..]];
        ImmutableArray<Part> parts = [Text(string.Join('\n', lines))];
        var found = parts.Select(detectors.Scan).ToArray();
        Assert.True(found[0].IsSaturated);
        return UnattestedPersons.Count(detectors, parts, ProvenanceMap.Establish(parts, [statement]), found, Findings.None, []);
    }

    private static string[] Rows(int count) => [.. Enumerable.Range(0, count).Select(static i =>
        $"{{\"email\":\"person{i}@example.com\",\"phone\":\"+1 202 5{i / 10_000}5 {i % 10_000:D4}\","
        + $"\"ssn\":\"{460 + (i / 9_999)}-89-{1 + (i % 9_999):D4}\"}}")];

    private static string Addresses(int count) => string.Join(' ', Enumerable.Range(0, count).Select(static i => $"u{i}@example.org"));

    private static Part Text(string text) => new("/messages/0/content", PartKind.Text, Encoding.UTF8.GetBytes(text));
}
