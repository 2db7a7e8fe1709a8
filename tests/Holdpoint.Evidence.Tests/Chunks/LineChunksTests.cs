using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Evidence.Chunks;

namespace Holdpoint.Evidence.Tests.Chunks;

public class LineChunksTests
{
    private static readonly Arbitrary<byte[]> Texts = Gen.Elements("\n", "\r", "\r\n", "a", "é", new string('x', 64))
        .ListOf().Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))).ToArbitrary();

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\nb", new[] { "a", "b" })]
    [InlineData("a\r\nb\r\n", new[] { "a", "b" })]
    [InlineData("\n\r\n", new[] { "", "" })]
    [InlineData("a\rb\n", new[] { "a\rb" })]
    [InlineData("a\r\r\nb\r", new[] { "a\r", "b\r" })]
    public void A_line_ends_at_a_line_feed_or_a_carriage_return_and_a_line_feed(string text, string[] lines) =>
        Assert.Equal(lines, LinesOf(Encoding.UTF8.GetBytes(text)).Select(l => text.Substring(l.Start, l.Length)));

    [Fact]
    public void Lines_lie_end_to_end_and_no_chunk_contains_a_line_end() =>
        Prop.ForAll(Texts, text =>
        {
            var next = 0;
            foreach (var line in LinesOf(text))
            {
                Assert.Equal(next, line.Start);
                Assert.DoesNotContain((byte)'\n', text.AsSpan(line.Start, line.Length).ToArray());
                next += line.LengthWithEnd;
            }

            Assert.Equal(text.Length, next);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Both_line_ends_give_the_same_chunks() =>
        Prop.ForAll(Texts, text =>
        {
            var unix = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Replace("\r", "", StringComparison.Ordinal));
            var windows = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(unix).Replace("\n", "\r\n", StringComparison.Ordinal));

            Assert.Equal(
                LinesOf(unix).Select(l => Convert.ToHexString(unix, l.Start, l.Length)),
                LinesOf(windows).Select(l => Convert.ToHexString(windows, l.Start, l.Length)));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(63, false)]
    [InlineData(64, true)]
    public void A_chunk_has_64_bytes_or_more(int bytes, bool isChunk) =>
        Assert.Equal(isChunk, Assert.Single(LinesOf(Encoding.UTF8.GetBytes(new string('x', bytes) + "\r\n"))).IsChunk);

    private static List<Line> LinesOf(byte[] text)
    {
        List<Line> lines = [];
        foreach (var line in new LineChunks(text))
        {
            lines.Add(line);
        }

        return lines;
    }
}
