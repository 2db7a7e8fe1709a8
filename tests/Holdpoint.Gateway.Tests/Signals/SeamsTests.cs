using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Signals;
using Holdpoint.Testing;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests.Signals;

public sealed class SeamsTests
{
    private const string Phrase = "track his phone";

    private static readonly Detectors Detectors = Scan.With(("spy", Phrase), ("river", "größte Überwachung"), ("short", "kill list"));

    private static readonly string[] Words = ["the quick ", "brown fox ", "over ", "all okay ", "a ", "and then "];

    // What phrases are made of, disguised in every way, and what comes between them.
    private static readonly string[] Tokens =
    [
        "track", " ", "his", " ", "phone", ".", "\n", "track his ", "phone ", "größte", "Überwachung", " größte ", "\u00FCber", "ss",
        "&#116;", "&#32", "%20", "\\u0070hone", "\\n", "x", "the garden and the gate were open all night; ",
        Convert.ToBase64String(Encoding.UTF8.GetBytes("please track his phone now")), "cGxlYXNl", "=", "\u200B", "\U000E0074\U000E0072",
        string.Concat("track his phone".Select(static c => char.ConvertFromUtf32(0xE0000 + c))), "\u7532\u4E59",
    ];

    [Fact]
    public void A_phrase_is_found_wherever_it_is_cut_and_however_often() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var text = new string('a', random.Next(3_000)) + " " + Phrase + " " + new string('b', random.Next(3_000));
            List<string> pieces = [];
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(text.Length - at, random.Next(2) == 0 ? random.Next(1, 8) : random.Next(1, 2_000));
                pieces.Add(text.Substring(at, length));
                at += length;
            }

            var whole = pieces.Exists(piece => piece.Contains(Phrase, StringComparison.Ordinal));
            return whole || Find([.. pieces]).Contains("spy");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_the_joined_texts_show_is_found_in_a_text_or_over_its_seams() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(4, 40)).Select(_ => Tokens[random.Next(Tokens.Length)]));
            List<string> pieces = [];
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(text.Length - at, random.Next(1, 90));
                length += at + length < text.Length && char.IsLowSurrogate(text[at + length]) ? 1 : 0;
                pieces.Add(text.Substring(at, length));
                at += length;
            }

            HashSet<string> found = [.. Find([.. pieces]), .. pieces.SelectMany(piece => Detectors.Scan(Text(piece)).Phrases)];
            return new[] { "", " " }.All(separator => found.IsSupersetOf(Detectors.Scan(Text(string.Join(separator, pieces))).Phrases));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    // The last line and what goes on are too short to be base64 by themselves, and the line may end inside a group or inside a word.
    [Fact]
    public void Base64_in_lines_is_read_over_a_seam_from_where_it_begins() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var words = string.Concat(Enumerable.Range(0, random.Next(4, 14)).Select(_ => Words[random.Next(Words.Length)]));
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{words}{Phrase} {words}"));
            var width = random.Next(60, 80);
            var end = new[] { "\n", "\r\n", "\r\n    " }[random.Next(3)];
            var lines = string.Join(end, base64.Chunk(width).Select(static line => new string(line)));
            var cut = random.Next(1, lines.Length);
            string[] pieces = [lines[..cut], lines[cut..]];

            HashSet<string> found = [.. Find(pieces), .. pieces.SelectMany(piece => Detectors.Scan(Text(piece)).Phrases)];
            return found.SetEquals(Detectors.Scan(Text(lines)).Phrases);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n    ")]
    public void Base64_cut_short_on_its_last_line_is_read_on(string end)
    {
        var first = Convert.ToBase64String("the quick brown fox jumps over the lazy dog, all okay "u8) + end + "a2ls";

        Assert.Contains("short", Find(first, "bCBsaXN0"));
    }

    // Together the lines say "xall ok xkill list", where the last line begins inside a word.
    [Fact]
    public void A_line_of_base64_does_not_begin_a_word() => Assert.Empty(Find("eGFsbCBvayB\n4a2lsbCB", "saX\nN0IA== thanks"));

    [Fact]
    public void A_phrase_that_ends_in_a_text_and_could_go_on_is_of_that_text()
    {
        var detectors = Scan.With(("spy", Phrase), ("more", Phrase + " now"));
        ImmutableArray<Part> parts = [new("/0", PartKind.Text, Encoding.UTF8.GetBytes(Phrase)), new("/1", PartKind.Text, "{"u8.ToArray())];

        var seams = Seams.Scan(detectors, parts, [.. parts.Select(detectors.Scan)]);

        Assert.Equal(["/0"], seams.Coverage.Select(entry => entry.Path).Distinct());
    }

    [Fact]
    public void A_phrase_cut_between_words_is_found() => Assert.Contains("spy", Find("please track", "his phone"));

    [Fact]
    public void What_only_the_end_of_the_last_text_shows_is_found()
    {
        var hidden = string.Concat(Phrase.Select(c => char.ConvertFromUtf32(0xE0000 + c)));
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes($"please {Phrase} now"));

        Assert.Contains("spy", Find("please track ", "his phon&#101"));
        Assert.Contains("spy", Find(hidden[..14], hidden[14..]));
        Assert.Contains("spy", Find(base64[..16], base64[16..].TrimEnd('=')));
    }

    [Fact]
    public void Neighbours_that_are_no_phrase_together_are_none() => Assert.Empty(Find("track", "her phone", "his dog"));

    [Fact]
    public void A_phrase_that_ends_with_its_text_is_found_before_a_letter_follows() =>
        Assert.Contains("spy", Find("&#1", "16;rack his phone", "s are gone"));

    [Fact]
    public void Many_short_texts_cost_no_more_than_one_long_one()
    {
        ImmutableArray<Part> turns = [.. Enumerable.Range(0, 8_000).Select(static i => Text($"turn {i}"))];

        Findings[] found = [.. turns.Select(Detectors.Scan)];

        Assert.InRange(Allocations.Of(() => Seams.Scan(Detectors, turns, found)), 0, 1_024);
    }

    [Fact]
    public void Over_a_picture_they_are_still_neighbours() =>
        Assert.Contains("spy", Find([Text("track his"), new("/p", PartKind.Opaque, new byte[] { 1 }), Text("phone")]));

    private static ImmutableArray<string> Find(params string[] texts) => Find([.. texts.Select(Text)]);

    private static ImmutableArray<string> Find(ImmutableArray<Part> parts) =>
        Seams.Scan(Detectors, parts, [.. parts.Select(Detectors.Scan)]).Phrases;

    private static Part Text(string text) => new("/t", PartKind.Text, Encoding.UTF8.GetBytes(text));
}
