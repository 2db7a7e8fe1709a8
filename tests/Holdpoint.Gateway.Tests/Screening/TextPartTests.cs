using System.Text;
using Holdpoint.Gateway.Screening;
using Holdpoint.Gateway.Tests.Signals;
using Holdpoint.Signals;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Screening;

public sealed class TextPartTests
{
    private static readonly Detectors Detectors = Scan.With(("spy", "track his phone"));

    private static readonly Findings[] Prompts = [.. new[] { 0, 5_000, 50_000 }.Select(PromptWith)];

    [Fact]
    public void A_chunk_without_findings_allocates_the_same_whatever_the_prompt_held() =>
        AssertFlat(static i => Encoding.UTF8.GetBytes("and so it goes on, "), most: 64);

    [Fact]
    public void A_chunk_that_repeats_a_person_allocates_the_same_whatever_the_prompt_held() =>
        AssertFlat(static i => Encoding.UTF8.GetBytes($"p{i % 10}@example.org said so. "), most: 1_024);

    [Fact]
    public void An_answer_without_findings_never_reads_the_persons_of_the_prompt()
    {
        static long Allocated(Findings prompt) => Allocations.Of(() =>
            Answer(prompt, 20, static _ => "Nobody is named here. "u8.ToArray()));

        Assert.InRange(Allocated(Prompts[2]), 0, Allocated(Prompts[0]) + 1_024);
    }

    [Fact]
    public void Work_on_new_persons_is_linear_in_the_answer()
    {
        static long Allocated(int chunks) => Allocations.Of(() =>
            Answer(Prompts[2], chunks, static i => Encoding.UTF8.GetBytes($"new{i}@example.org\n")));

        var (one, many) = (Allocated(1), Allocated(4_000));

        // What it is: some 500 bytes for each person, and room in tables that double. Reading 50,000 persons again would be megabytes.
        Assert.InRange(many - one, 0, (4_000 * 2_048) + (2 * one));
    }

    [Fact]
    public void Work_on_pauses_is_linear_in_the_answer()
    {
        static long Allocated(int chunks) => Allocations.Of(() =>
            Answer(Prompts[0], chunks, static i => Encoding.UTF8.GetBytes($"new{i}@example.org and wo"), pauses: true));

        var (some, many) = (Allocated(200), Allocated(1_600));

        Assert.InRange(many, 0, 12 * some);
    }

    [Fact]
    public void A_part_that_pauses_forgets_nothing()
    {
        var answer = new AnswerFindings(Findings.None);
        using var part = new TextPart("/0", Detectors, answer);
        foreach (var text in (string[])["ann@example.org tra", "ck his pho", "ne. bo@example.org, and", " so on"])
        {
            part.Feed(Encoding.UTF8.GetBytes(text));
            part.Pause();
            part.Observe();
            Assert.Equal(part.Fed, part.Released);
        }

        Assert.Equal(2, answer.Signals.Persons);
        Assert.Equal(["spy"], answer.Signals.Phrases!);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\n\n")]
    public void A_table_is_the_same_however_it_pauses_and_however_far_back_its_header_is(string between)
    {
        var rows = "name,city" + between + string.Join(between, Enumerable.Range(0, 300).Select(
            static i => $"{(char)('A' + (i % 26))}nn {(char)('A' + (i / 26))}{(char)('a' + (i % 26))}e,Oslo"));
        Assert.Equal(300, Scan.Text(Detectors, rows).PersonCount);
        var random = new Random(between.Length);
        for (var run = 0; run < 20; run++)
        {
            var answer = new AnswerFindings(Findings.None);
            using var part = new TextPart("/0", Detectors, answer);
            for (var at = 0; at < rows.Length;)
            {
                // Between two rows, as where other parts come between: what is cut in a name is another name.
                var end = rows.IndexOf('\n', Math.Min(rows.Length - 1, at + random.Next(10, 3_000)));
                end = end < 0 ? rows.Length : end + 1;
                part.Feed(Encoding.UTF8.GetBytes(rows[at..end]));
                part.Pause();
                at = end;
            }

            part.Observe();
            Assert.Equal(300, answer.Signals.Persons);
        }
    }

    [Theory]
    [InlineData("please track", "his phone now", true)]
    [InlineData("please track his pho", "ne now", true)]
    [InlineData("tra", "ck his phone", true)]
    [InlineData("backtrack", "his phone", false)]
    [InlineData("track the garden", "his phone", false)]
    [InlineData("track his phon&#1", "01; now", true)]
    public void A_phrase_over_two_parts_is_found_before_its_end_leaves(string first, string second, bool isFound)
    {
        var answer = new AnswerFindings(Findings.None);
        using var one = new TextPart("/0", Detectors, answer);
        using var other = new TextPart("/1", Detectors, answer);
        one.Feed(Encoding.UTF8.GetBytes(first));
        one.Pause();
        one.Observe();
        Assert.Equal(one.Fed, one.Released);
        if (!one.OpenEnd.IsEmpty)
        {
            other.GoOn(one.OpenEnd);
        }

        foreach (var c in second)
        {
            Assert.True(!isFound || other.Released < second.Length - 4 || answer.Signals.Phrases is not null);
            other.Feed(Encoding.UTF8.GetBytes(c.ToString()));
            other.Observe();
        }

        other.Pause();
        other.Observe();
        Assert.Equal(other.Fed, other.Released);
        Assert.Equal(isFound ? ["spy"] : [], answer.Signals.Phrases ?? []);
        Assert.Equal(0, answer.Signals.Persons ?? 0);
    }

    [Fact]
    public void Coverage_has_one_line_for_each_check_and_stays_when_the_buffers_are_given_back()
    {
        var answer = new AnswerFindings(Findings.None);
        using (var part = new TextPart("/0", Detectors, answer))
        {
            foreach (var text in (string[])["one wo", "rd and one ann@example.org. "])
            {
                part.Feed(Encoding.UTF8.GetBytes(text));
                part.Pause();
                part.Observe();
            }
        }

        var list = Encoding.UTF8.GetString(answer.Coverage()!.List.Span);

        Assert.Equal(3, list.Split("\"check\"").Length - 1);
        Assert.Contains("\"check\":\"persons\",\"part\":\"/0\",\"result\":\"found\"", list, StringComparison.Ordinal);
    }

    private static void AssertFlat(Func<int, byte[]> chunk, long most)
    {
        long[] perChunk = [.. Prompts.Select(prompt =>
        {
            var answer = new AnswerFindings(prompt);
            using var part = new TextPart("/0", Detectors, answer);
            var at = 0;
            var chunks = Enumerable.Range(0, 10_000).Select(chunk).ToArray();

            // The first person that an answer shows is worth reading those of the prompt, once.
            Feed(part, answer, Encoding.UTF8.GetBytes("first@example.org "));
            for (var i = 0; i < 100; i++)
            {
                Feed(part, answer, chunks[at++]);
            }

            return Allocations.Of(() => Feed(part, answer, chunks[at++]), times: 500) / 500;
        })];

        Assert.All(perChunk, bytes => Assert.InRange(bytes, 0, most));
        Assert.InRange(perChunk[2], 0, perChunk[0] + 64);
    }

    private static void Answer(Findings prompt, int chunks, Func<int, byte[]> chunk, bool pauses = false)
    {
        var answer = new AnswerFindings(prompt);
        using var part = new TextPart("/0", Detectors, answer);
        for (var i = 0; i < chunks; i++)
        {
            Feed(part, answer, chunk(i), pauses);
        }
    }

    private static void Feed(TextPart part, AnswerFindings answer, byte[] chunk, bool pauses = false)
    {
        part.Feed(chunk);
        if (pauses)
        {
            part.Pause();
        }

        part.Observe();
        if (answer.HasNews)
        {
            answer.Settle();
        }
    }

    private static Findings PromptWith(int persons) =>
        Detectors.Scan(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, persons).Select(static i => $"p{i}@example.org"))));
}
