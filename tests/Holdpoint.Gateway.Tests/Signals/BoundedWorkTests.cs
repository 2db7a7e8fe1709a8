using System.Text;
using Holdpoint.Signals;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Signals;

public sealed class BoundedWorkTests
{
    private static readonly Detectors Detectors = Scan.With(
        ("a", new string('a', 500)), ("ab", string.Concat(Enumerable.Repeat("ab ", 200))), ("spy", "track his phone"));

    private static readonly Dictionary<string, Func<int, string>> Hostile = new()
    {
        ["at signs"] = static n => new('@', n),
        ["addresses that never end"] = static n => Repeat("a@", n),
        ["a domain without end"] = static n => "a@" + Repeat("b.", n),
        ["local parts"] = static n => Repeat("a.b-c+", n),
        ["digits"] = static n => new('7', n),
        ["digits apart"] = static n => Repeat("7 ", n),
        ["digits in groups"] = static n => Repeat("0171-5", n),
        ["plus signs"] = static n => Repeat("+1 ", n),
        ["decimals"] = static n => Repeat("1.5, ", n),
        ["decimals without end"] = static n => "1." + new string('5', n),
        ["almost accounts"] = static n => Repeat("GB29 NWBK 6016 ", n),
        ["opening braces"] = static n => new('{', n),
        ["closing braces"] = static n => Repeat("}]", n),
        ["brackets in braces"] = static n => Repeat("{[", n),
        ["quotes"] = static n => Repeat("\"'", n),
        ["names of fields"] = static n => Repeat("\"name\":", n),
        ["a value without end"] = static n => "{\"name\": \"" + Repeat("ann ", n),
        ["columns"] = static n => Repeat("name,", n),
        ["columns with names of fields and rows"] = static n => Repeat("name,", n / 2) + "\n" + Repeat("1,", n / 2),
        ["line ends"] = static n => new('\n', n),
        ["headers"] = static n => Repeat("name\n", n),
        ["ampersands"] = static n => new('&', n),
        ["references without end"] = static n => Repeat("&#x41", n),
        ["names of references"] = static n => Repeat("&notaname", n),
        ["backslashes"] = static n => new('\\', n),
        ["half pairs"] = static n => Repeat("\\ud83d", n),
        ["percents"] = static n => Repeat("%E4%BD", n),
        ["letters of escapes"] = static n => Repeat("\\na\\b", n),
        ["base64 of nothing"] = static n => new('A', n),
        ["base64 that begins to be text"] = static n => Repeat("dGV4dCBoZXJl/////w", n),
        ["one letter a line"] = static n => Repeat("Q\n", n),
        ["a phrase's letter"] = static n => new('a', n),
        ["a phrase's letters apart"] = static n => Repeat("a ", n),
        ["two phrases in one another"] = static n => Repeat("a b ", n),
        ["marks"] = static n => Repeat("\u0301", n / 2),
        ["ideographs"] = static n => Repeat("制造", n / 6),
        ["the longest ligature"] = static n => Repeat("\uFDFA", n / 3),
        ["tags without end"] = static n => Repeat("<a b='", n),
        ["comments without end"] = static n => Repeat("<!--", n),
        ["tags with a phrase's letter"] = static n => Repeat("<b>a", n),
        ["blanks behind a phrase's letter"] = static n => "track " + new string(' ', n),
        ["escapes of mail"] = static n => Repeat("=61=6", n),
        ["assignments"] = static n => Repeat("a=4b&c", n),
        ["octal"] = static n => Repeat("\\141\\30", n),
        ["groups of base64"] = static n => Repeat("dGV4 dCBo ZXJl ", n),
        ["names of code"] = static n => Repeat("aBcD eFgH+", n),
        ["signs like letters"] = static n => Repeat("°卂", n / 5),
        ["selectors"] = static n => Repeat("\U000E0151", n / 4),
        ["tag characters"] = static n => Repeat("\U000E0061b", n / 5),
    };

    public static TheoryData<string> HostileTexts => [.. Hostile.Keys];

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Hostile_text_allocates_at_most_in_proportion(string name)
    {
        // Quadratic work shows twice: in what is allocated, and in a run over a megabyte that would not end.
        var size = TestScale.Of(64 * 1024, 1024 * 1024);
        var small = Encoding.UTF8.GetBytes(Hostile[name](size / 8));
        var large = Encoding.UTF8.GetBytes(Hostile[name](size));

        var (once, eight) = (Allocated(small), Allocated(large));

        Assert.True(eight <= (12 * once) + (64 * 1024), $"{once} bytes for {small.Length}, {eight} for {large.Length}");
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Hostile_text_is_the_same_streamed_in_pieces(string name)
    {
        var text = Hostile[name](6_000);

        var whole = Scan.Describe(Scan.Text(Detectors, text));

        Assert.Equal(whole, Scan.Describe(Scan.Stream(Detectors, text.Chunk(7).Select(static c => new string(c)))));
        Assert.Equal(whole, Scan.Describe(Scan.Stream(Detectors, [text])));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void A_stream_keeps_back_a_bounded_stretch_of_hostile_text(string name)
    {
        var text = Hostile[name](100_000);
        using var screen = Detectors.BeginScreen("");

        for (var offset = 0; offset < text.Length; offset += 64)
        {
            var end = Math.Min(text.Length, offset + 64);
            var released = screen.Feed(text.AsSpan(offset, end - offset));

            // The longest phrase here has 500 letters, and nothing else here keeps back more.
            Assert.InRange(end - released, 0, 4096);
        }
    }

    [Fact]
    public void More_persons_than_the_limit_are_the_worst_case()
    {
        var detectors = Detectors.Create([], maxPersons: 10);
        var ten = string.Join(' ', Enumerable.Range(0, 10).Select(static i => $"p{i}@example.org"));

        Assert.Equal(10, Scan.Text(detectors, ten).PersonCount);
        var findings = Scan.Text(detectors, ten + " x@example.org");
        Assert.True(findings.IsSaturated);
        Assert.Equal(
            (Findings.WorstCount, Findings.WorstCount, Findings.WorstCount),
            (findings.PersonCount, findings.RecordCount, findings.LocationCount));
        Assert.Equal(Findings.WorstCount, findings.Touching([new(0, 1)]).PersonCount);
        Assert.Equal(CoverageResult.Saturated, findings.Coverage.Single(static c => c.Check == Check.Persons).Result);
        Assert.Equal(Scan.Describe(findings), Scan.Describe(Scan.Stream(detectors, [ten, " x@example", ".org"])));
    }

    [Fact]
    public void More_mentions_than_ten_for_each_person_are_the_worst_case_too()
    {
        var detectors = Detectors.Create([], maxPersons: 10);
        var hundred = string.Join(' ', Enumerable.Repeat("ann@example.org", 100));

        Assert.Equal(1, Scan.Text(detectors, hundred).PersonCount);
        Assert.Equal(Findings.WorstCount, Scan.Text(detectors, hundred + " ann@example.org").PersonCount);
    }

    [Fact]
    public void A_row_that_completes_the_last_person_is_not_one_too_many()
    {
        var detectors = Detectors.Create([], maxPersons: 2);

        Assert.Equal(2, Scan.Text(detectors, "a@example.org,905-674-3793\nb@example.org,905-674-3794,460-89-9847\n").PersonCount);
    }

    [Fact]
    public void The_limit_itself_is_counted_exactly()
    {
        var text = string.Join('\n', Enumerable.Range(0, Detectors.MaxPersons).Select(static i => $"p{i}@example.org"));

        Assert.Equal(Detectors.MaxPersons, Scan.Persons(text));
        Assert.Equal(Findings.WorstCount, Scan.Persons(text + "\nx@example.org"));
    }

    [Fact]
    public void A_plain_prompt_costs_its_findings_and_no_more()
    {
        var detectors = Scan.With(("spy", "track his phone"));
        var prompt = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat("Please summarise the following report, in three paragraphs. ", 17)));
        var tenfold = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Encoding.UTF8.GetString(prompt), 10)));

        Assert.InRange(PerScan(detectors, prompt), 1, 320);
        Assert.Equal(PerScan(detectors, prompt), PerScan(detectors, tenfold));
    }

    private static long PerScan(Detectors detectors, byte[] text) =>
        Allocations.Of(() => detectors.Scan(text.AsMemory()), times: 100) / 100;

    private static long Allocated(byte[] text) => Allocations.Of(() => Detectors.Scan(text.AsMemory()));

    private static string Repeat(string text, int length) => string.Concat(Enumerable.Repeat(text, Math.Max(1, length / text.Length)));
}
