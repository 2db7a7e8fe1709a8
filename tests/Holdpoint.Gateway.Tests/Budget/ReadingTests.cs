using System.IO.Pipelines;
using System.Security.Cryptography;
using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Tests.Budget;

/// <summary>Bodies and answers are read as far as they fit, and give back what they took however their reading ends.</summary>
public sealed class ReadingTests
{
    private const int MaxBytes = 100_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<int, long> Sizes()
    {
        var sizes = new TheoryData<int, long>();
        foreach (var length in (int[])[0, 1, 16_000, 16_385, 40_000, MaxBytes, MaxBytes + 1])
        {
            foreach (var most in (long[])[0, 1_000, 16_384, 32_768, 60_000, 100_000, 200_000, 1_000_000])
            {
                sizes.Add(length, most);
            }
        }

        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_body_is_read_whole_or_refused_and_nothing_stays(int length, long most)
    {
        foreach (var pieces in (int[])[1, 7])
        {
            var (budget, content) = (new ContentBudget(), RandomNumberGenerator.GetBytes(length));
            var pipe = new Pipe(new(pauseWriterThreshold: 0));
            using var share = new ContentShare(budget, most);
            var reading = pieces == 1 ? default : ReadAsync(pipe.Reader, share, length);
            foreach (var piece in content.Chunk(Math.Max(1, (length + pieces - 1) / pieces)))
            {
                await pipe.Writer.WriteAsync(piece, Stop);
            }

            await pipe.Writer.CompleteAsync();
            var (body, fault) = await (pieces == 1 ? ReadAsync(pipe.Reader, share, length) : reading);

            if (body is not null)
            {
                Assert.Equal(content, body.Bytes.ToArray());
                Assert.InRange(budget.Used, length, most);
                body.Dispose();
                body.Dispose();
            }
            else
            {
                Assert.True(fault == BudgetFaults.RequestDoesNotFit || (length > MaxBytes && fault!.Cause == WireCause.BodyTooLarge));
                Assert.True(length > MaxBytes || most < 3 * Math.Max(length, 16_384), $"{length} bytes fit into {most}");
            }

            Assert.Equal(0, budget.Used);
        }
    }

    [Fact]
    public async Task A_body_that_breaks_off_comes_too_late_or_is_left_gives_back_what_it_took()
    {
        var budget = new ContentBudget();
        using var share = new ContentShare(budget, 1_000_000);
        foreach (var end in (string[])["broken", "late", "left"])
        {
            var pipe = new Pipe();
            using var left = new CancellationTokenSource();
            await pipe.Writer.WriteAsync(new byte[20_000], Stop);
            var limit = TimeSpan.FromMilliseconds(end == "late" ? 1 : 600_000);
            var reading = RequestBody.ReadAsync(pipe.Reader, null, MaxBytes, share, limit, left.Token).AsTask();
            Assert.True(end == "late" || budget.Used > 0);
            if (end == "broken")
            {
                await pipe.Writer.CompleteAsync(new IOException());
            }
            else if (end == "left")
            {
                await left.CancelAsync();
            }

            var thrown = await Record.ExceptionAsync(() => reading);

            Assert.True(thrown is IOException or BadHttpRequestException or OperationCanceledException, $"{thrown}");
            Assert.Equal(0, budget.Used);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_whole_answer_is_read_whole_or_is_a_fault_and_counts_until_its_share_is_over(int length, long most)
    {
        foreach (var isAnnounced in (bool[])[true, false])
        {
            var (budget, content) = (new ContentBudget(), RandomNumberGenerator.GetBytes(length));
            var share = new ContentShare(budget, most);
            await using var answer = Answer(content, isAnnounced);

            using (var body = await answer.ReadWholeAsync(MaxBytes, share, Stop))
            {
                if (body.Fault is null)
                {
                    Assert.Equal(content, body.Bytes.ToArray());
                    Assert.InRange(budget.Used, length, most);
                }
                else
                {
                    Assert.True(
                        body.Fault == BudgetFaults.AnswerDoesNotFit || (length > MaxBytes && body.Fault == UpstreamFaults.TooLarge));
                    Assert.True(length > MaxBytes || most < 4 * Math.Max(length, 4_096), $"{length} bytes fit into {most}");
                }
            }

            share.Dispose();
            Assert.Equal(0, budget.Used);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_recorded_answer_passes_whole_and_can_be_kept_where_it_fitted(int length, long most)
    {
        var (budget, content) = (new ContentBudget(), RandomNumberGenerator.GetBytes(length));
        using var share = new ContentShare(budget, most);
        var (buffer, passed) = (new byte[700], new List<byte>());
        await using (var whole = new RecordingAnswer(Answer(content, isAnnounced: false), share))
        {
            while (await whole.ReadAsync(buffer, Stop) is { IsEnd: false } read)
            {
                passed.AddRange(buffer.AsSpan(0, read.Count));
                Assert.InRange(budget.Used, 0, most);
            }
        }

        Assert.Equal(content, passed);
        share.GiveBack(share.Taken);
        await using var recording = new RecordingAnswer(Answer(content, isAnnounced: false), share);
        for (var i = 0; i < length / 2; i += buffer.Length)
        {
            await recording.ReadAsync(buffer, Stop);
        }

        var (body, fault) = await recording.KeepAsync(Stop);

        Assert.Null(fault);
        if (body is { } kept)
        {
            Assert.Equal(content, kept.ToArray());
            Assert.InRange(budget.Used, length, most);
        }
        else
        {
            Assert.True(most < 3 * Math.Max(length, 1_024), $"{length} bytes fit into {most}");
            Assert.Equal(0, budget.Used);
        }

        share.Dispose();
        Assert.Equal(0, budget.Used);
    }

    private static ValueTask<(RequestBody? Body, Fault? Fault)> ReadAsync(PipeReader reader, ContentShare share, int length) =>
        RequestBody.ReadAsync(reader, length > MaxBytes ? null : length, MaxBytes, share, TimeSpan.FromMinutes(10), Stop);

    private static MemoryAnswer Answer(byte[] content, bool isAnnounced) => new([.. content.Chunk(999)])
    {
        Kind = AnswerKind.Whole, Status = 200, ContentType = null, Length = isAnnounced ? content.Length : null,
    };
}
