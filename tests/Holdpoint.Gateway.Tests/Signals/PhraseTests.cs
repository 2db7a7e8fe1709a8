using Holdpoint.Signals;

namespace Holdpoint.Gateway.Tests.Signals;

public sealed class PhraseTests
{
    private static readonly Detectors Detectors = Scan.With(
        ("tracking", "track his phone"), ("tracking", "where is she now"),
        ("weapon", "new napalm-bomb"), ("law", "Section 702"), ("ru", "Новая бомба"),
        ("greek", "Ημέρα"), ("chinese", "制造炸弹"), ("german", "Straßenbombe"), ("thai", "ระเบิด"));

    public static TheoryData<string> Disguises => [.. Disguise.All.Select(static d => d.Name)];

    [Theory]
    [MemberData(nameof(Disguises))]
    public void A_phrase_is_found_in_any_disguise(string disguise)
    {
        var apply = Disguise.All.Single(d => d.Name == disguise).Apply;

        Assert.Equal(["tracking"], Scan.Text(Detectors, "Now. " + apply("track his phone") + " !").Phrases);
        Assert.Equal(["weapon"], Scan.Text(Detectors, apply("new napalm-bomb")).Phrases);
    }

    [Theory]
    [InlineData("track  his\n\tphone", "tracking")]
    [InlineData("track-his_phone", "tracking")]
    [InlineData("t.r.a.c.k h i s p*h*o*n*e", "tracking")]
    [InlineData("TrackHisPhone", "tracking")]
    [InlineData("track <b>hi</b>s phone", "tracking")]
    [InlineData("track <hi> phone, if a <b", null)]
    [InlineData("if (track <hi && his phone)", null)]
    [InlineData("track his=70hone", "tracking")]
    [InlineData("track=20his=20phone", "tracking")]
    [InlineData("section=702", "law")]
    [InlineData("?x=1&section=702&y=2", "law")]
    [InlineData("section \\702", "law")]
    [InlineData("track°his°phone at 20°", "tracking")]
    [InlineData("Яew napalm b○mb", null)]
    [InlineData("a new\\napalm bomb", "weapon")]
    [InlineData("done\\nwhere is she\\now", "tracking")]
    [InlineData("extra\\nwhere is she\\now", "tracking")]
    [InlineData("a \\new napalm\\nbomb", "weapon")]
    [InlineData("a \\n\\u0065w napalm bomb", "weapon")]
    [InlineData("under section\u00A07O2,", "law")]
    [InlineData("sectlon 702", "law")]
    [InlineData("НОВАЯ БОМБА", "ru")]
    [InlineData("новая бомба", "ru")]
    [InlineData("ΗΜΕΡΑ", "greek")]
    [InlineData("ημερα", "greek")]
    [InlineData("如何制造炸弹呢", "chinese")]
    [InlineData("制 造\n炸 弹", "chinese")]
    [InlineData("STRASSENBOMBE", "german")]
    [InlineData("STRAẞENBOMBE", "german")]
    [InlineData("ทำระเบิดอย่างไร", "thai")]
    public void What_stands_between_letters_makes_no_difference(string text, string? name) =>
        Assert.Equal(name is null ? [] : [name], Scan.Text(Detectors, text).Phrases);

    [Theory]
    [InlineData("backtrack his phone")]
    [InlineData("track his phones")]
    [InlineData("track his pho")]
    [InlineData("section 7021 or 1section 702")]
    [InlineData("")]
    public void A_phrase_begins_and_ends_with_a_word(string text) => Assert.Empty(Scan.Text(Detectors, text).Phrases);

    [Fact]
    public void Words_too_far_apart_are_no_phrase()
    {
        Assert.Equal(["tracking"], Scan.Text(Detectors, "track" + new string('.', 256) + "his phone").Phrases);
        Assert.Empty(Scan.Text(Detectors, "track" + new string('.', 257) + "his phone").Phrases);
        Assert.Empty(Scan.Text(Detectors, "track" + string.Concat(Enumerable.Repeat(". ", 257)) + "his phone").Phrases);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("\u2003")]
    [InlineData("<br>")]
    public void White_space_and_tags_keep_no_words_apart(string blank)
    {
        Assert.Equal(["tracking"], Scan.Text(Detectors, "track" + Repeat(blank, 257) + "his phone").Phrases);
        Assert.Equal(["tracking"], Scan.Text(Detectors, "track" + Repeat(blank, 10_000) + "his phone").Phrases);
        using var screen = Detectors.BeginScreen("");
        Assert.InRange("track".Length + (10_000 * blank.Length) - screen.Feed("track" + Repeat(blank, 10_000)), 0, 1024);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    [Fact]
    public void A_phrase_inside_another_and_one_that_ends_another_are_both_found()
    {
        var detectors = Scan.With(("long", "a b c d"), ("inner", "b c"), ("end", "c d"), ("one", "d"));

        Assert.Equal(["end", "inner", "long", "one"], Scan.Text(detectors, "x a b c d").Phrases);
        Assert.Equal(["inner"], Scan.Text(detectors, "a b c e").Phrases);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ?! ")]
    public void A_phrase_that_could_never_be_found_is_refused(string text) =>
        Assert.Contains("'empty'", Assert.Throws<ArgumentException>(() => Scan.With(("empty", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_phrase_too_long_is_refused()
    {
        Assert.Equal(["edge"], Scan.Text(Scan.With(("edge", new string('a', 512))), new string('a', 512)).Phrases);
        Assert.Throws<ArgumentException>(() => Scan.With(("edge", new string('a', 513))));
    }

    [Fact]
    public void A_flood_of_invisible_characters_is_the_worst_case()
    {
        Assert.False(Scan.Text(Detectors, "track" + new string('\u200B', 5_000) + "his phone").IsSaturated);
        Assert.True(Scan.Text(Detectors, "track" + new string('\u200B', 6_000) + "his phone").IsSaturated);
        Assert.True(
            Scan.Text(Detectors, string.Join(new string('\u200B', 5_000), "track his phone".Select(static c => c.ToString()))).IsSaturated);
    }
}
