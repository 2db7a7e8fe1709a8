using System.Text;
using Holdpoint.Gateway.Screening;
using Holdpoint.Gateway.Tests.Signals;
using Holdpoint.Signals;

namespace Holdpoint.Gateway.Tests.Budget;

/// <summary>What is counted for the screening of streams is what it takes.</summary>
public sealed class ScreenMemoryTests
{
    private const int Parts = 200;

    [Theory]
    [InlineData("good morning to everybody. ", 8_000, 10_000)]
    [InlineData("gütén mörgen ☃ everybody. ", 22_000, StreamScreen.MemoryBytes)]
    public void A_screen_takes_no_more_than_is_counted_for_it(string text, long least, long most)
    {
        var detectors = Scan.With(("spy", "track his phone"));

        Assert.InRange(BytesOfOne(keep =>
        {
            var screen = detectors.BeginScreen("/choices/0/message/content");
            screen.Feed(text);
            keep.Add(screen);
        }), least, most);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_part_takes_no_more_than_its_screens_and_what_is_counted_for_itself(bool pauses)
    {
        var (detectors, text) = (Scan.With(("spy", "track his phone")), Encoding.UTF8.GetBytes("gütén mörgen ☃ everybody. "));

        var bytes = BytesOfOne(keep =>
        {
            var part = new TextPart("/choices/0/message/content", detectors, new AnswerFindings(Findings.None));
            part.Feed(text);
            if (pauses)
            {
                part.Pause();
                part.Feed(text);
            }

            part.Observe();
            keep.Add(part);
        });

        Assert.InRange(bytes, StreamScreen.MemoryBytes, ((pauses ? 2 : 1) * StreamScreen.MemoryBytes) + TextPart.OwnBytes);
    }

    /// <summary>What each of many takes that are kept at once; the first are not counted, because they fill the pools.</summary>
    private static long BytesOfOne(Action<List<object>> begin)
    {
        var kept = new List<object>(2 * Parts);
        for (var i = 0; i < Parts; i++)
        {
            begin(kept);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Parts; i++)
        {
            begin(kept);
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Parts;
        GC.KeepAlive(kept);
        return bytes;
    }
}
