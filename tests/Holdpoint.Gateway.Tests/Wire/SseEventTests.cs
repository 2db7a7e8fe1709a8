using System.Text;
using Holdpoint.Testing;
using Holdpoint.Wire.Sse;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class SseEventTests
{
    [Theory]
    [InlineData("data: a\n\n", "a")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("data\ndata\ndata: c\n\n", "\n\nc")]
    [InlineData("data: a\r\nid: 1\r\ndata:b\r\n\r\n", "a\nb")]
    [InlineData("event: x\n\n", "")]
    public void Lines_of_data_are_joined_by_a_line_feed(string text, string data) =>
        Assert.Equal(data, Encoding.UTF8.GetString(SseEvent.Data(Encoding.UTF8.GetBytes(text), isFirst: false, [], out _).Span));

    [Fact]
    public void Room_for_an_event_grows_with_the_event_however_many_lines_it_has()
    {
        static long Allocated(int lines)
        {
            var raw = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data:\n", lines)));
            return Allocations.Of(() => SseEvent.Data(raw, isFirst: false, [], out _));
        }

        Assert.InRange(Allocated(8_000), 0, 12 * Allocated(1_000));
    }
}
