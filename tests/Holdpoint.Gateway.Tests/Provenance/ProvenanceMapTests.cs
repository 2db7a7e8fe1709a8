using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Log;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests.Provenance;

public sealed class ProvenanceMapTests : IDisposable
{
    // Twelve lines that can be attested, and some that cannot.
    private static readonly ImmutableArray<string> Long =
        [.. Enumerable.Range(0, 12).Select(
            i => $"{{\"person\":\"p-{i:D4}\",\"phone\":\"+1 202 555 {i:D4}\",\"lat\":38.9,\"lon\":-77.0}} é")];

    private static readonly ImmutableArray<string> Short = ["", "x", new('s', 63), "Which of these people live together?"];

    private readonly Signer _signer = new();

    public void Dispose() => _signer.Dispose();

    /// <summary>Which bytes are attested by what, said a second time and plainly: by looking at each line for itself.</summary>
    [Fact]
    public void Evidence_for_some_lines_never_helps_a_byte_of_another()
    {
        Prop.ForAll(Texts, Subsets.Two(), (lines, attested) =>
        {
            var (first, second) = attested;
            ImmutableArray<VerifiedStatement> named = [_signer.About(first), _signer.About(second)];
            var text = Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l.Text + l.End)));

            var part = Establish(named, Text(text)).Parts[0];

            var by = BytesOf(part, text.Length);
            var at = 0;
            foreach (var (line, end) in lines)
            {
                VerifiedStatement[] expected = [.. named.Where((_, i) => Long.Contains(line) && (i == 0 ? first : second).Contains(line))];
                var length = Encoding.UTF8.GetByteCount(line + end);
                Assert.All(by[at..(at + length)].Distinct(), found => Assert.Equal(expected, found));
                at += length;
            }

            Assert.Equal(text.Length, at);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Ranges_are_in_order_and_as_long_as_they_can_be()
    {
        Prop.ForAll(Texts, Subsets.Two(), (lines, attested) =>
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l.Text + l.End)));
            var part = Establish([_signer.About(attested.First), _signer.About(attested.Second)], Text(text)).Parts[0];

            var all = part.Attested.Select(a => (a.Range.Start, a.Range.End, By: string.Join(',', a.By.Select(s => s.Id))))
                .Concat(part.Unattested.Select(u => (u.Start, u.End, By: "")))
                .OrderBy(r => r.Start)
                .ToArray();

            Assert.Equal(text.Length, all.Sum(r => r.End - r.Start));
            Assert.All(all.Zip(all.Skip(1)), pair =>
            {
                Assert.Equal(pair.First.End, pair.Second.Start);
                Assert.NotEqual(pair.First.By, pair.Second.By);
            });
            Assert.All(all, r => Assert.True(r.Start < r.End));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Changing_one_byte_of_a_line_makes_exactly_that_line_unattested()
    {
        var named = _signer.About(Long);
        var lengths = Long.Select(Encoding.UTF8.GetByteCount).ToArray();

        Prop.ForAll(
            Gen.Choose(0, Long.Length - 1).ToArbitrary(), Gen.Choose(0, 63).ToArbitrary(),
            Gen.Choose(1, 127).ToArbitrary(), (row, at, change) =>
        {
            var start = lengths[..row].Sum() + row;
            var text = Encoding.UTF8.GetBytes(string.Join('\n', Long));
            text[start + at] ^= (byte)change;

            var part = Establish([named], Text(text)).Parts[0];

            var end = row == Long.Length - 1 ? text.Length : start + lengths[row] + 1;
            Assert.Equal([new(start, end)], part.Unattested);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Order_and_repetition_of_lines_make_no_difference()
    {
        var named = _signer.About(Long);

        Prop.ForAll(Gen.Elements(Long.ToArray()).NonEmptyListOf().ToArbitrary(), lines =>
        {
            var map = Establish([named], Text(string.Join("\r\n", lines)));

            return map.UnattestedBytes == 0 && map.Summarise(0).Subjects == DatasetProvenance.UnknownSubjects;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_line_end_belongs_to_its_line_and_an_empty_line_is_unattested()
    {
        var named = _signer.About(Long[0], Long[1]);

        Assert.Equal(0, Establish([named], Text($"{Long[0]}\n{Long[1]}\r\n")).UnattestedBytes);
        Assert.Equal(1, Establish([named], Text($"{Long[0]}\n\n{Long[1]}")).UnattestedBytes);
        Assert.Equal(2, Establish([named], Text($"{Long[0]}\n\r\n{Long[1]}")).UnattestedBytes);
        Assert.Equal(3, Establish([named], Text($"hi\n{Long[1]}")).UnattestedBytes);
    }

    [Theory]
    [InlineData(" {0}")]
    [InlineData("{0} ")]
    [InlineData("\ufeff{0}")]
    [InlineData("{0}\r\r\n")]
    [InlineData("{0}\u2028")]
    [InlineData("- {0}")]
    public void A_line_with_anything_added_is_another_line(string form)
    {
        var text = form.Replace("{0}", Long[0], StringComparison.Ordinal);

        Assert.Equal(Encoding.UTF8.GetByteCount(text), Establish([_signer.About(Long[0])], Text(text)).UnattestedBytes);
    }

    [Fact]
    public void A_line_too_short_is_unattested_even_if_its_digest_is_signed()
    {
        var line = new string('s', 63);

        Assert.Equal(63, Establish([_signer.About(line)], Text(line)).UnattestedBytes);
        Assert.Equal(0, Establish([_signer.About(line + "s")], Text(line + "s")).UnattestedBytes);
    }

    [Fact]
    public void A_file_is_attested_as_a_whole_or_not_at_all()
    {
        byte[] image = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        var named = _signer.Verified(new DatasetProvenance(), new StatementSubject("face.png", Hash.Of(image)));

        Assert.Equal(0, Establish([named], Opaque(image)).UnattestedBytes);
        Assert.Equal(299, Establish([named], Opaque(image[..299])).UnattestedBytes);
        Assert.Equal(301, Establish([named], Opaque([.. image, 0])).UnattestedBytes);
    }

    [Fact]
    public void A_file_is_not_attested_by_its_lines_nor_a_text_by_the_digest_of_its_file()
    {
        var text = string.Join('\n', Long);
        var bytes = Encoding.UTF8.GetBytes(text);
        var byLines = _signer.About(Long);
        var byWhole = _signer.Verified(new DatasetProvenance(), new StatementSubject("rows", Hash.Of(bytes)));

        Assert.Equal(bytes.Length, Establish([byLines], Opaque(bytes)).UnattestedBytes);
        Assert.Equal(bytes.Length, Establish([byWhole], Text(text)).UnattestedBytes);
    }

    [Fact]
    public void A_file_that_is_text_in_another_encoding_is_attested_as_a_whole_or_by_its_lines()
    {
        var text = string.Join('\n', Long) + "é";
        var file = Encoding.Latin1.GetBytes(text);
        var part = Text(text) with { File = file };

        Assert.Equal(
            0, Establish([_signer.Verified(new DatasetProvenance(), new StatementSubject("rows", Hash.Of(file)))], part).UnattestedBytes);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), Establish(
            [_signer.Verified(new DatasetProvenance(), new StatementSubject("rows", Hash.Of([.. file, 0])))], part).UnattestedBytes);
        Assert.True(Establish([_signer.About(Long)], part).UnattestedBytes < text.Length);
    }

    [Fact]
    public void A_good_part_says_nothing_about_the_next()
    {
        var map = Establish([_signer.About(Long[0])], Text(Long[0]), Text(Long[1]), Opaque([1, 2, 3]), Text(""));

        Assert.Empty(map.Parts[0].Unattested);
        Assert.Empty(map.Parts[1].Attested);
        Assert.Empty(map.Parts[2].Attested);
        Assert.Equal(Encoding.UTF8.GetByteCount(Long[1]) + 3, map.UnattestedBytes);
        Assert.Equal((0, 0), (map.Parts[3].Attested.Length, map.Parts[3].Unattested.Length));
    }

    [Fact]
    public void Without_evidence_no_byte_of_the_content_is_even_looked_at()
    {
        using var unreadable = new Unreadable();

        var map = ProvenanceMap.Establish([new("/messages/0/content", PartKind.Text, unreadable.Memory)], []);

        Assert.Equal(unreadable.Memory.Length, map.UnattestedBytes);
        Assert.Equal([new(0, unreadable.Memory.Length)], map.Parts[0].Unattested);
        var facts = map.Summarise(7);
        Assert.Equal((7, 0), (facts.UnattestedPersons, facts.Subjects));
        Assert.Empty(facts.Issuers);
    }

    [Fact]
    public void Bytes_that_several_statements_are_about_have_the_facts_of_all()
    {
        using var other = new Signer("broker");
        var bought = other.Verified(new DatasetProvenance
        {
            Origin = "domestic", Jurisdiction = "us", Acquisition = "commercial", Consent = "none", Classes = ["health"], Subjects = 5,
            Chunks = Signer.Chunks(Long[0]),
        });
        var published = _signer.Verified(new DatasetProvenance
        {
            Origin = "foreign", Acquisition = "public", Consent = "individual", Classes = ["nonPersonal", "health"], Subjects = 7,
            Chunks = Signer.Chunks(Long[0]),
        });

        var facts = Establish([bought, published], Text(Long[0])).Summarise(3);

        Assert.Equal(["domestic", "foreign"], facts.Origins.Order());
        Assert.Equal(["unknown", "us"], facts.Jurisdictions.Order());
        Assert.Equal(["commercial", "public"], facts.Acquisitions.Order());
        Assert.Equal(["individual", "none"], facts.Consents.Order());
        Assert.Equal(["health", "nonPersonal"], facts.Classes.Order());
        Assert.Equal(["broker", "registry"], facts.Issuers.Order());
        Assert.Equal((12, 0, 3), (facts.Subjects, facts.UnattestedBytes, facts.UnattestedPersons));
    }

    [Fact]
    public void A_statement_that_is_about_no_byte_of_the_call_adds_nothing()
    {
        var used = _signer.Verified(
            new DatasetProvenance { Origin = "domestic", Classes = ["health"], Subjects = 5, Chunks = Signer.Chunks(Long[0]) });
        var idle = _signer.Verified(new DatasetProvenance { Origin = "foreign", Subjects = 9, Chunks = Signer.Chunks(Long[1]) });

        var map = Establish([idle, used], Text(Long[0]));

        Assert.Equal([used], map.Statements);
        Assert.Equal(["domestic"], map.Summarise(0).Origins);
        Assert.Equal(5, map.Summarise(0).Subjects);
    }

    [Fact]
    public void Silence_is_unknown_and_an_unknown_number_of_persons_is_the_worst()
    {
        var silent = _signer.About(Long[0]);
        var known = _signer.Verified(new DatasetProvenance { Subjects = 5, Chunks = Signer.Chunks(Long[1]) });

        var facts = Establish([silent, known], Text($"{Long[0]}\n{Long[1]}")).Summarise(0);

        Assert.All(
            new[] { facts.Origins, facts.Jurisdictions, facts.Acquisitions, facts.Consents, facts.Classes },
            set => Assert.Equal(["unknown"], set));
        Assert.Equal(1L << 40, facts.Subjects);
    }

    [Fact]
    public void An_authority_covers_everything_attested_or_nothing()
    {
        var a = _signer.Verified(new DatasetProvenance { Classes = ["health"], Chunks = Signer.Chunks(Long[0]) });
        var b = _signer.Verified(new DatasetProvenance { Classes = ["financial"], Chunks = Signer.Chunks(Long[1]) });
        var both = Establish([a, b], Text($"{Long[0]}\n{Long[1]}"));
        var justA = Establish([a, b], Text(Long[0]));
        var neither = Establish([a, b], Text(Long[2]));
        var health = Signer.Authority(new Selectors { Classes = ["health"] });

        Assert.Equal(AuthorityCoverage.Partial, both.CoverageBy(health));
        Assert.Equal(AuthorityCoverage.Whole, justA.CoverageBy(health));
        Assert.Equal(AuthorityCoverage.NothingAttested, neither.CoverageBy(health));
        Assert.Equal(AuthorityCoverage.Whole, both.CoverageBy(Signer.Authority(new Selectors { Datasets = [a.Id, b.Id] })));
        Assert.Equal(AuthorityCoverage.Partial, both.CoverageBy(Signer.Authority(new Selectors { Datasets = [a.Id] })));
        Assert.Equal(AuthorityCoverage.Partial, justA.CoverageBy(Signer.Authority()));
    }

    private static Arbitrary<(string Text, string End)[]> Texts { get; } = (
        from line in Gen.Elements([.. Long, .. Short])
        from end in Gen.Elements("\n", "\r\n")
        select (line, end)).ArrayOf().ToArbitrary();

    /// <summary>The statements about each byte; throws where two ranges overlap or none lies.</summary>
    private static ImmutableArray<VerifiedStatement>[] BytesOf(PartProvenance part, int length)
    {
        var by = new ImmutableArray<VerifiedStatement>[length];
        foreach (var (range, statements) in part.Attested.Concat(part.Unattested.Select(u => new AttestedRange(u, []))))
        {
            for (var i = range.Start; i < range.End; i++)
            {
                Assert.True(by[i].IsDefault);
                by[i] = statements;
            }
        }

        return Array.TrueForAll(by, b => !b.IsDefault) ? by : throw new InvalidOperationException("A byte lies in no range.");
    }

    private static ProvenanceMap Establish(ImmutableArray<VerifiedStatement> named, params ImmutableArray<Part> parts) =>
        ProvenanceMap.Establish(parts, named);

    private static Part Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    private static Part Text(byte[] text) => new("/messages/0/content", PartKind.Text, text);

    private static Part Opaque(byte[] bytes) => new("/messages/0/content/0/image_url", PartKind.Opaque, bytes);

    private static class Subsets
    {
        // Never empty: a statement that attests nothing is malformed.
        private static readonly Gen<string[]> Some =
            Gen.SubListOf([.. Long, .. Short]).Where(lines => lines.Count > 0).Select(lines => lines.ToArray());

        public static Arbitrary<(string[] First, string[] Second)> Two() =>
            (from first in Some from second in Some select (first, second)).ToArbitrary();
    }

    /// <summary>Memory that has a length and that nobody may read.</summary>
    private sealed class Unreadable : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(1_000);

        public override Span<byte> GetSpan() => throw new InvalidOperationException("The content was read.");

        public override MemoryHandle Pin(int elementIndex = 0) => throw new InvalidOperationException("The content was read.");

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
