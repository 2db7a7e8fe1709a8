using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Signals;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Signals;

public sealed class StreamScreenTests
{
    private const string Phrase = "track his phone";
    private static readonly Detectors Detectors = Scan.With(
        ("tracking", Phrase), ("weapon", "new bomb"),
        ("long", "where is she now and with whom does she speak"), ("chinese", "制造炸弹"), ("short", "is it"));

    private static readonly string[] Pieces =
    [
        "track ", "his ", "phone", "new ", "bomb", "a new\\nbomb", "\\new bomb", "where is she now",
        " and with whom does she speak", "制造", "炸弹", " ", "\n", "\r\n", "\\n", "\\r\\n",
        ", ", ". ", "\u200B", "e\u0301", "&", "&amp;", "&#", "116;", "\\", "u0074", "\\ud83d",
        "\\ude00", "%", "41", "%E4%BD%A0", "😀", "\uD83D", "\uDE00", "\uFDD0", "\U000E0074\U000E0072",
        "ann@", "example.org", "bo@example.org", "905-674-", "3793 ", "+44 7700 921 916",
        "460-89-9847", "40.7128, ", "-74.0060", "192.168.10.20", "GB29 NWBK 6016 1331 9268 19",
        "name,email\n", "Ann Lee,a@example.org\n", "{\"name\":\"", "Ann Lee", "\"", "}", "[", "]",
        "{", ":", "'", "Name: Bo Kay\n", "\"lat\": 40.71, \"lon\": -74.01", "490154203237518",
        Convert.ToBase64String("please track his phone, ann@example.org"u8), "aGVsbG8gd29ybGQgdHJhY2s",
        "=", "ABCDEFGH", "=74", "=20", "his=20", "<b>", "</b x='", "<!--", "-->", "&CircleTimes;", "&aacute", "\\164", "\\0", "tr°", "卂",
        "dHJh Y2sg aGlz", " IHBo b25l ", "\"+\"", "\U000E0164",
        "ＴＲＡＣＫ", "тrаск", "0171 555 1234 ", "07700063966",
    ];

    private static readonly Gen<string> Texts = Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat);

    public static TheoryData<string> Disguises => [.. Disguise.All.Select(static d => d.Name)];

    [Fact]
    public void A_text_cut_anywhere_gives_the_findings_of_the_whole() =>
        Prop.ForAll(Gen.Zip(Texts, Gen.ListOf(Gen.Choose(0, 40))).ToArbitrary(), static sample =>
        {
            var (text, cuts) = sample;
            List<string> pieces = [];
            var rest = text;
            foreach (var cut in cuts)
            {
                pieces.Add(rest[..Math.Min(cut, rest.Length)]);
                rest = rest[Math.Min(cut, rest.Length)..];
            }

            pieces.Add(rest);
            var whole = Scan.Describe(Scan.Stream(Detectors, [text]));
            return whole == Scan.Describe(Scan.Stream(Detectors, pieces))
                && whole == Scan.Describe(Scan.Stream(Detectors, text.Select(static c => c.ToString())));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 20_000)));

    [Fact]
    public void A_stream_finds_what_a_scan_of_its_bytes_finds() =>
        Prop.ForAll(Texts.ToArbitrary(), static text =>
        {
            // Bytes have no lone surrogates: the stream reads them as U+FFFD, which is what they become as bytes.
            var bytes = Encoding.UTF8.GetBytes(text);
            return Scan.Describe(Detectors.Scan(bytes)) == Scan.Describe(Scan.Stream(Detectors, [text]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 20_000)));

    [Theory]
    [MemberData(nameof(Disguises))]
    public void A_disguised_phrase_is_found_at_every_split_and_never_released_before(string disguise)
    {
        var apply = Disguise.All.Single(d => d.Name == disguise).Apply;
        const string before = "He asked: please, ";
        var text = before + apply(Phrase) + ". And then, that was all.";

        for (var split = 0; split <= text.Length; split++)
        {
            using var screen = Detectors.BeginScreen("/a");
            var released = screen.Feed(text.AsSpan(0, split));
            var mayGo = disguise.StartsWith("base64", StringComparison.Ordinal) ? text.Length : before.Length; // see the test below
            Assert.True(!screen.Phrases.IsEmpty || released <= mayGo, $"split {split} released {released}");

            screen.Feed(text.AsSpan(split));
            Assert.Equal(["tracking"], screen.Phrases);
            Assert.Equal(Scan.Describe(Scan.Text(Detectors, text)), Scan.Describe(screen.Complete()));
            Assert.Equal(text.Length, screen.Releasable);
        }
    }

    [Fact]
    public void Nothing_of_a_phrase_in_base64_is_released_before_it_is_reported()
    {
        // The bytes of the phrase, not of the text around it: what comes before it in the run may go.
        const string before = "Look: ";
        var inner = Convert.ToBase64String(Encoding.UTF8.GetBytes("one two three four five " + Phrase + " six seven"));
        var firstOfPhrase = before.Length + ("one two three four five ".Length / 3 * 4);
        using var screen = Detectors.BeginScreen("/a");

        foreach (var c in before + inner)
        {
            var released = screen.Feed([c]);
            Assert.True(!screen.Phrases.IsEmpty || released <= firstOfPhrase, $"released {released} of {firstOfPhrase}");
        }

        Assert.Equal(["tracking"], screen.Phrases);
    }

    [Fact]
    public void Nothing_of_a_phrase_goes_out_where_text_begins_in_the_middle_of_base64()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xFF, 30), .. Encoding.UTF8.GetBytes(Phrase + " and more")];
        using var screen = Detectors.BeginScreen("/a");

        foreach (var c in Convert.ToBase64String(bytes))
        {
            var released = screen.Feed([c]);
            Assert.True(!screen.Phrases.IsEmpty || released <= 40, $"released {released}");
        }

        Assert.Equal(["tracking"], screen.Phrases);
    }

    [Theory]
    [InlineData(Phrase, "tracking")]
    [InlineData("new bomb", "weapon")]
    [InlineData("I.S. it", "short")]
    [InlineData("制造炸弹", "chinese")]
    public void No_char_of_a_phrase_goes_out_before_the_phrase_is_reported(string phrase, string name) =>
        Prop.ForAll(Gen.Zip(Texts, Texts).ToArbitrary(), sample =>
        {
            var (before, after) = sample;
            // an escape or a run of base64 would swallow the phrase's first letter
            before = before.Replace("\\", "", StringComparison.Ordinal) + ". ";
            var text = before + phrase + " " + after;
            using var screen = Detectors.BeginScreen("/a");
            screen.Feed(before);
            foreach (var c in text.AsSpan(before.Length))
            {
                var released = screen.Feed([c]);
                if (!screen.Phrases.Contains(name) && released > before.Length)
                {
                    return false;
                }

                if (screen.Phrases.Contains(name))
                {
                    return true;
                }
            }

            return false;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 20_000)));

    [Fact]
    public void No_identifier_goes_out_before_it_is_counted()
    {
        string[] identifiers =
        [
            "ann.lee@mail.example.org", "+46 (0)8 928 571 38", "905-674-3793", "460-89-9847", "490154203237518", "40.7128, -74.0060",
            "GB29 NWBK 6016 1331 9268 19",
        ];
        foreach (var identifier in identifiers)
        {
            using var screen = Detectors.BeginScreen("/a");
            screen.Feed("to: ");
            foreach (var c in identifier + "!\nOn.")
            {
                var released = screen.Feed([c]);
                Assert.True(screen.Counts.Persons > 0 || released <= 4, $"{identifier}: released {released}");
            }

            Assert.Equal(1, screen.Counts.Persons);
        }
    }

    [Fact]
    public void Text_is_kept_back_no_longer_than_needed()
    {
        using var screen = Detectors.BeginScreen("/a");

        Assert.Equal(6, screen.Feed("Hello world"));       // the word may yet become an address
        Assert.Equal(12, screen.Feed(" "));
        Assert.Equal(12, screen.Feed("track his"));        // a phrase may begin here
        Assert.Equal(27, screen.Feed(" car. "));           // but did not
        Assert.Equal(27, screen.Feed("new bom"));
        Assert.Equal(40, screen.Feed("b ok. "));           // reported: the caller decides on the signal
        Assert.Equal(["weapon"], screen.Phrases);
        Assert.Equal(40, screen.Feed("&am"));
        Assert.Equal(40, screen.Feed("\uD83D"));
        Assert.Equal(46, screen.Feed("\uDE00 "));
    }

    [Fact]
    public void Complete_releases_everything_and_an_abandoned_screen_leaves_no_trace()
    {
        var detectors = Scan.With(("weapon", "new bomb"));
        using (var abandoned = detectors.BeginScreen("/a"))
        {
            abandoned.Feed("a new bomb, ann@example.org, {\"name\": \"Bo Kay\", a new bo");
        }

        using var screen = detectors.BeginScreen("/b");
        screen.Feed("mb \uD83D");

        Assert.Equal("|0|0|0", Scan.Describe(screen.Complete()).TrimEnd());
        Assert.Equal(4, screen.Releasable);
    }

    [Fact]
    public void News_change_the_version()
    {
        using var screen = Detectors.BeginScreen("/a");
        screen.Feed("Nothing here, ");
        var before = screen.Version;
        screen.Feed("really. ");
        Assert.Equal(before, screen.Version);

        screen.Feed("ann@example.org ");
        Assert.NotEqual(before, screen.Version);
        before = screen.Version;
        screen.Feed("a new bomb ");
        Assert.NotEqual(before, screen.Version);
    }
}
