using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Signals.Phrases;

namespace Holdpoint.Gateway.Tests.Signals;

public sealed class WordStartsTests
{
    private const string Chars = "abkKt01 .,_-\n{é甲\uFDD0~@";

    // Phrases that begin with k, t or 1; those with k go on with i or b, the others with anything.
    private static readonly WordStarts Starts = new(Opens, Continues);

    [Fact]
    public void It_finds_what_a_look_at_every_char_finds() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var plain = random.Next(3) > 0;
            var text = string.Concat(Enumerable.Range(0, random.Next(100)).Select(_ => plain && random.Next(60) > 0
                ? "abx ,"[random.Next(5)]
                : Chars[random.Next(Chars.Length)]));
            var atBoundary = random.Next(2) == 0;
            return Starts.IndexOf(text, atBoundary) == OneByOne(text, atBoundary);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Theory]
    [InlineData("kb", true, 0)]
    [InlineData("kb", false, -1)]
    [InlineData("ka", true, -1)]
    [InlineData("k", true, 0)]
    [InlineData("k a", true, 0)]
    [InlineData("_kb", false, 1)]
    [InlineData("xk é", true, 3)]
    [InlineData("the garden and the gate kb", false, 24)]
    public void A_letter_counts_at_the_beginning_of_a_word_unless_no_phrase_goes_on_with_the_next(string text, bool atBoundary, int at) =>
        Assert.Equal(at, new WordStarts(static c => c == 'k', Continues).IndexOf(text, atBoundary));

    private static bool Opens(char c) => c is 'k' or 'K' or 't' or '1';

    private static bool Continues(char first, char second) => first is not ('k' or 'K') || second is 'i' or 'b';

    private static int OneByOne(string text, bool atBoundary)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var begins = i == 0 ? atBoundary : !char.IsAsciiLetterOrDigit(text[i - 1]);
            var goesOn = i + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[i + 1]) || Continues(text[i], text[i + 1]);
            if (text[i] > 127 || (begins && Opens(text[i]) && goesOn))
            {
                return i;
            }
        }

        return -1;
    }
}
