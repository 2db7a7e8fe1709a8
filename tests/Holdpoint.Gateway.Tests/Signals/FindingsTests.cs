using System.Text;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests.Signals;

public sealed class FindingsTests
{
    private static readonly Detectors Detectors = Scan.With(("spy", "track his phone"), ("bomb", "new bomb"));

    [Fact]
    public void A_person_in_two_parts_is_one_and_records_add_up()
    {
        var merged = Findings.Merge(
            Scan.Text(Detectors, "ann@example.org,905-674-3793\nbo@example.org. Track his phone"),
            Scan.Text(Detectors, "ANN@example.org"),
            Scan.Text(Detectors, "a new bomb for 905-674-3793, 40.7128,-74.0060"),
            Findings.None);

        Assert.Equal(2, merged.PersonCount);
        Assert.Equal(4, merged.RecordCount);
        Assert.Equal(1, merged.LocationCount);
        Assert.Equal(["bomb", "spy"], merged.Phrases);
        Assert.Equal(9, merged.Coverage.Length);
        Assert.Equal(merged.PersonCount, Findings.Merge(merged).PersonCount);
    }

    [Fact]
    public void One_saturated_part_makes_the_whole_the_worst_case()
    {
        var saturated = Scan.Text(Detectors.Create([], maxPersons: 1), "a@example.org b@example.org");

        Assert.Equal(Findings.WorstCount, Findings.Merge(Scan.Text("c@example.org"), saturated).PersonCount);
    }

    [Fact]
    public void Persons_of_a_range_are_those_mentioned_in_it()
    {
        const string text = "ann@example.org\nbo@example.org\ncy@example.org\nann@example.org";
        var findings = Scan.Text(text);

        Assert.Equal(0, findings.Touching([]).PersonCount);
        Assert.Equal(1, findings.Touching([new(0, 1)]).PersonCount);
        Assert.Equal(0, findings.Touching([new(15, 16)]).PersonCount); // the line end between two
        Assert.Equal(2, findings.Touching([new(14, 17)]).PersonCount);
        Assert.Equal(2, findings.Touching([new(20, 21), new(46, 200)]).PersonCount);
        Assert.Equal(3, findings.Touching([new(0, text.Length)]).PersonCount);
        Assert.Equal(1, Findings.Merge(findings.Touching([new(0, 1)]), findings.Touching([new(60, 61)])).PersonCount);
    }

    [Fact]
    public void A_scan_within_ranges_counts_who_is_mentioned_there()
    {
        const string text = "ann@example.org\nbo@example.org\ncy@example.org\nann@example.org";
        var part = new Part("/a", PartKind.Text, Encoding.UTF8.GetBytes(text));

        Assert.Equal(0, Detectors.ScanWithin(part, []).PersonCount);
        Assert.Equal(0, Detectors.ScanWithin(part, [new(15, 16)]).PersonCount);
        Assert.Equal(2, Detectors.ScanWithin(part, [new(14, 17)]).PersonCount);
        Assert.Equal(2, Detectors.ScanWithin(part, [new(20, 21), new(46, 200)]).PersonCount);
        Assert.Equal(3, Detectors.ScanWithin(part, [new(0, text.Length)]).PersonCount);
        Assert.Equal(3, Detectors.Scan(part).PersonCount); // a scanner that is used again looks everywhere
    }

    [Fact]
    public void A_name_of_two_fields_counts_where_either_is()
    {
        const string text = "First name: Ann\nLast name: Lee\n\n";
        var part = new Part("/a", PartKind.Text, Encoding.UTF8.GetBytes(text));

        Assert.Equal(1, Detectors.ScanWithin(part, [new(0, 16)]).PersonCount);
        Assert.Equal(1, Detectors.ScanWithin(part, [new(16, text.Length)]).PersonCount);
    }

    [Fact]
    public void A_disguised_person_touches_the_bytes_of_the_disguise()
    {
        var encoded = Convert.ToBase64String("the one is ann@example.org, as you know"u8);
        var findings = Scan.Text("see " + encoded + " there");
        var range = Assert.Single(Assert.Single(findings.Persons).Ranges);

        Assert.InRange(range.Start, 4, 4 + (11 * 4 / 3));
        Assert.InRange(range.End, 4 + (26 * 4 / 3), 4 + encoded.Length);
    }

    [Fact]
    public void Coverage_says_what_was_read_and_what_was_not()
    {
        var text = Detectors.Scan(new Part(
            "/messages/0/content", PartKind.Text, Encoding.UTF8.GetBytes("tr\u200Back his phone, ann@example.org")));
        var image = Detectors.Scan(new Part("/messages/1/content/0", PartKind.Opaque, new byte[100]));

        Assert.Equal(
            [
                new("/messages/0/content", Check.Normalise, 35, CoverageResult.Found),
                new("/messages/0/content", Check.Phrases, 35, CoverageResult.Found),
                new("/messages/0/content", Check.Persons, 35, CoverageResult.Found),
            ],
            text.Coverage);
        Assert.All(image.Coverage, static c => Assert.Equal((0L, CoverageResult.NotRead), (c.Bytes, c.Result)));
        Assert.All(Scan.Text("hello").Coverage, static c => Assert.Equal((5L, CoverageResult.Clean), (c.Bytes, c.Result)));
    }

    [Fact]
    public void Every_signal_is_present_once_a_detector_has_looked()
    {
        var signals = Scan.Text(Detectors, "track his phone").ToSignals();

        Assert.Equal((0L, 0L, 0L), (signals.Persons, signals.Records, signals.Locations));
        Assert.Equal(["spy"], signals.Phrases!);
    }

    [Fact]
    public void Scans_on_many_threads_do_not_mix()
    {
        Parallel.For(0, 2_000, static i =>
        {
            var count = i % 7;
            var text = string.Join(' ', Enumerable.Range(0, count).Select(n => $"p{i}x{n}@example.org"))
                + (count == 3 ? " a new bomb" : "");
            var findings = Scan.Text(Detectors, text);
            Assert.Equal((count, count == 3 ? 1 : 0), ((int)findings.PersonCount, findings.Phrases.Length));
        });
    }
}
