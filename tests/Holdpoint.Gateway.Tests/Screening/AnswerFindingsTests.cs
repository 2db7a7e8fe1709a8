using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Screening;
using Holdpoint.Signals;
using Holdpoint.Testing;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests.Screening;

public sealed class AnswerFindingsTests
{
    private static readonly ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> PhraseTexts =
        [new("spy", ["track his phone"]), new("weapon", ["new bomb"])];

    // Rows that contradict each other, so that it matters in which order links are made; few persons are enough to be too many.
    private static readonly Detectors Few = Detectors.Create(PhraseTexts, maxPersons: 5);

    private static readonly Detectors Usual = Detectors.Create(PhraseTexts);

    private static readonly string[] Rows =
    [
        "a@example.org", "b@example.org,905-674-3793", "a@example.org,905-674-3793", "a@example.org,905-674-3794,460-89-9847",
        "905-674-3794,460-89-9847", "460-89-9847,b@example.org", "40.7128, -74.0060", "40.7128, -74.0060 a@example.org", "track his phone",
        "a new bomb", "nothing", "c@example.org d@example.org 905-674-3795", "e@example.org f@example.org g@example.org",
    ];

    private static readonly Gen<Findings> Found = Gen.Elements(Rows).ListOf().Select(rows => Few.Scan(Bytes(string.Join('\n', rows))));

    /// <summary>For each signal, an answer that shows it, by the name of its property.</summary>
    private static readonly Dictionary<string, string> Shown = new()
    {
        ["Persons"] = "ann@example.org ",
        ["Records"] = "ann@example.org\n",
        ["Locations"] = "40.7128, -74.0060 ",
        ["Phrases"] = "track his phone ",
    };

    public static TheoryData<string> Signals => [.. typeof(Agreements.Signals)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name)];

    [Fact]
    public void Parts_observed_in_any_order_and_again_are_what_merging_them_gives() =>
        Prop.ForAll(
            Found.ToArbitrary(),
            Gen.ListOf(Gen.Zip(Gen.Choose(0, 9), Found)).ToArbitrary(),
            static (call, observations) =>
            {
                var answer = new AnswerFindings(call);
                var seen = new OrderedDictionary<string, ImmutableArray<Findings>>();
                List<Findings> inOrder = [call];
                var settled = call.ToSignals();
                foreach (var (place, found) in observations)
                {
                    answer.Observe($"/{place}", 10, found);
                    seen[$"/{place}"] = [.. seen.GetValueOrDefault($"/{place}", []), found];
                    inOrder.Add(found);
                    var all = Findings.Merge([.. inOrder]);

                    Assert.Equal(all.Counts.ToExposure(), answer.Exposure);
                    AssertSame(all.ToSignals(), answer.Signals);
                    Assert.Equal(!settled.Covers(all.ToSignals()), answer.HasNews);
                    Assert.Equal(
                        CoverageJson.Of(seen.Count, 10 * (inOrder.Count - 1), seen.Values.SelectMany(of => of.SelectMany(f => f.Coverage))),
                        answer.Coverage()!,
                        SameCoverage);
                    if (place % 2 == 0)
                    {
                        answer.Settle();
                        settled = all.ToSignals();
                        Assert.False(answer.HasNews);
                    }
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 10_000)));

    [Fact]
    public void Parts_that_stream_side_by_side_are_what_merging_them_gives()
    {
        // Each person has an address and a number of their own, so no two rows contradict each other, whatever their order.
        var row = Gen.Zip(Gen.Choose(0, 8), Gen.Choose(0, 3)).Select(static r => r.Item2 switch
        {
            0 => $"p{r.Item1}@example.org\n",
            1 => $"+1 202 555 010{r.Item1}\n",
            2 => $"p{r.Item1}@example.org;+1 202 555 010{r.Item1}\n",
            _ => $"a new bomb, 40.71{r.Item1}, -74.006\n",
        });
        var rowsOfParts = Gen.ListOf(Gen.Zip(Gen.Choose(0, 2), row));
        Prop.ForAll(row.ListOf().ToArbitrary(), rowsOfParts.ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (prompt, rows, cut) =>
        {
            var call = Usual.Scan(Bytes(string.Concat(prompt)));
            var answer = new AnswerFindings(call);
            TextPart[] parts = [.. Enumerable.Range(0, 3).Select(i => new TextPart($"/{i}", Usual, answer))];
            string[] texts = ["", "", ""];
            foreach (var (i, text) in rows)
            {
                texts[i] += text;
                foreach (var piece in text.Chunk(cut))
                {
                    parts[i].Feed(Encoding.UTF8.GetBytes(piece));
                    parts[i].Observe();
                }

                // A phrase is complete with the word after it, so look at whole rows, and at what was certain by then.
                var all = Findings.Merge([call, .. texts.Select(t => Usual.Scan(Bytes(t)))]);
                AssertSame(all.ToSignals(), answer.Signals);
            }

            foreach (var part in parts)
            {
                part.Dispose();
            }

            var bytes = texts.Sum(static t => t.Length);
            Assert.Equal(bytes == 0 ? null : bytes, answer.Coverage()?.Bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(200, 5_000)));
    }

    [Fact]
    public void What_streamed_in_a_place_stays_seen_when_that_place_says_something_else_in_the_end()
    {
        var answer = new AnswerFindings(Findings.None);

        Show(answer, "/output/0", "track his phone ", isStreamed: true);
        answer.Observe("/output/0", 2, Usual.Scan(Bytes("{}")));
        answer.ObserveOpaque("/output/0", 100, Usual.Scan(new Part("/output/0", PartKind.Opaque, Bytes("AAAA"))).Coverage);

        Assert.True(answer.HasNews);
        Assert.Equal(["spy"], answer.Signals.Phrases!);
        Assert.Equal((1, 118), (answer.Coverage()!.Parts, answer.Coverage()!.Bytes));
        var list = Encoding.UTF8.GetString(answer.Coverage()!.List.Span);
        Assert.All(["found", "clean", "not_read"], result => Assert.Contains($"\"{result}\"", list, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Signals))]
    public void Growth_of_any_signal_is_news(string name)
    {
        var text = Shown[name];
        foreach (var isStreamed in (bool[])[false, true])
        {
            var answer = new AnswerFindings(Findings.None);
            if (name == "Records")
            {
                // Somebody in a row that is still open, so that only the record is new when it ends.
                Show(answer, "/0", Shown["Persons"], isStreamed: true);
                answer.Settle();
            }

            Assert.False(answer.HasNews);
            Show(answer, "/1", text, isStreamed);

            Assert.True(answer.HasNews);
            answer.Settle();
            Assert.False(answer.HasNews);
        }
    }

    [Fact]
    public void What_the_call_showed_is_no_news()
    {
        var answer = new AnswerFindings(Usual.Scan(Bytes("ann@example.org\nbo@example.org\nTrack his phone.")));

        Show(answer, "/0", "Track his phone: ann@example.org ", isStreamed: true);

        Assert.False(answer.HasNews);
        Assert.Equal(2, answer.Signals.Persons);
    }

    [Fact]
    public void A_person_that_two_parts_join_is_one_and_no_news()
    {
        var answer = new AnswerFindings(Usual.Scan(Bytes("ann@example.org\n905-674-3793\n\n\n")));
        Assert.Equal(2, answer.Signals.Persons);

        Show(answer, "/0", "ann@example.org, 905-674-3793 and so on", isStreamed: true);

        Assert.Equal(1, answer.Signals.Persons);
        Assert.False(answer.HasNews);
    }

    [Fact]
    public void More_than_can_be_counted_is_news_once()
    {
        var answer = new AnswerFindings(Findings.None);
        var six = string.Join(' ', Enumerable.Range(0, 6).Select(static i => $"p{i}@example.org"));
        answer.Observe("/0", 1, Few.Scan(Bytes(six)));

        Assert.True(answer.HasNews);
        Assert.Equal(Findings.WorstCount, answer.Signals.Persons);
        answer.Settle();

        Show(answer, "/1", "ann@example.org\n", isStreamed: true);
        Assert.False(answer.HasNews);
        Assert.Equal(Findings.WorstCount, answer.Exposure.Persons);
    }

    private static void Show(AnswerFindings answer, string path, string text, bool isStreamed)
    {
        if (!isStreamed)
        {
            answer.Observe(path, text.Length, Usual.Scan(Bytes(text)));
            return;
        }

        using var part = new TextPart(path, Usual, answer);
        part.Feed(Encoding.UTF8.GetBytes(text));
        part.Observe();
    }

    private static bool SameCoverage(Coverage expected, Coverage actual) =>
        expected.Parts == actual.Parts && expected.Bytes == actual.Bytes && expected.List.Span.SequenceEqual(actual.List.Span);

    private static void AssertSame(Agreements.Signals expected, Agreements.Signals actual)
    {
        Assert.True(expected.Covers(actual), $"{expected} but {actual}");
        Assert.True(actual.Covers(expected), $"{expected} but {actual}");
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
