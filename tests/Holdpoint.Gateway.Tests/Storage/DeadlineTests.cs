using Holdpoint.Gateway.Storage;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Storage;

/// <summary>One timer ends every wait at its own limit, whatever the disk does and whoever else waits.</summary>
public sealed class DeadlineTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wait_in_the_queue_ends_at_its_limit_though_nothing_comes_after_it()
    {
        await using var store = Open();
        using var stuck = new Stuck(store);

        var job = new Waiting(Short);
        Assert.Null(store.Enqueue(job));

        await job.Told;
        Assert.False(job.IsWritten);
        Assert.True(store.IsFailing);
        stuck.End();
        await job.Written;
        Assert.Equal(1, await store.WriteAsync(_ => 1, Cancellation));
        Assert.False(store.IsFailing);
    }

    [Fact]
    public async Task A_wait_for_what_runs_ends_at_its_limit()
    {
        await using var store = Open();
        using var entered = new ManualResetEventSlim();
        using var open = new ManualResetEventSlim();
        var job = new Waiting(Short, _ =>
        {
            entered.Set();
            open.Wait();
        });
        Assert.Null(store.Enqueue(job));
        entered.Wait(Cancellation);

        try
        {
            await job.Told;
            Assert.False(job.IsWritten);
        }
        finally
        {
            open.Set();
        }

        await job.Written;
    }

    [Fact]
    public async Task An_earlier_limit_does_not_wait_for_a_later_one_nor_the_other_way_round()
    {
        await using var store = Open();
        using var stuck = new Stuck(store);
        var hour = new Waiting(TimeSpan.FromHours(1));
        Waiting[] before = [new(Short), new(4 * Short)], after = [new(Short), new(4 * Short)];

        // The timer is set for the first, then for an hour, then earlier again.
        foreach (var job in (Waiting[])[.. before, hour, .. after])
        {
            Assert.Null(store.Enqueue(job));
        }

        await Task.WhenAll(before.Concat(after).Select(job => job.Told));
        Assert.False(hour.IsTold);

        var late = new Waiting(Short);
        Assert.Null(store.Enqueue(late));
        await late.Told;
        Assert.False(hour.IsTold);
    }

    [Fact]
    public async Task What_was_written_in_time_is_not_told_and_the_next_wait_is_bounded_as_well()
    {
        await using var store = Open();
        var written = new Waiting(Short);
        Assert.Null(store.Enqueue(written));
        await written.Written;

        // With the next batch, that one's jobs are gone; on a very slow machine it was told before.
        await store.WriteAsync(_ => 0, Cancellation);
        var wasTold = written.IsTold;
        using var stuck = new Stuck(store);

        // Its limit is past the first one's, so the timer has looked in between.
        var next = new Waiting(2 * Short);
        Assert.Null(store.Enqueue(next));
        await next.Told;
        var last = new Waiting(Short);
        Assert.Null(store.Enqueue(last));
        await last.Told;

        Assert.Equal(wasTold, written.IsTold);
    }

    public void Dispose() => _folder.Dispose();

    private Store Open() => Store.Open(new StoreOptions { Path = _folder["store.db"] }, [], new ManualTimeProvider());

    /// <summary>Holds the writer as a disk that does not answer does.</summary>
    private sealed class Stuck : IDisposable
    {
        private readonly ManualResetEventSlim _end = new();
        private readonly Task _held;

        public Stuck(Store store)
        {
            using var entered = new ManualResetEventSlim();
            _held = store.WriteAsync(
                _ =>
                {
                    entered.Set();
                    _end.Wait();
                    return 0;
                },
                Cancellation);
            entered.Wait(Cancellation);
        }

        public void End() => _end.Set();

        public void Dispose()
        {
            _end.Set();
            _held.Wait(Cancellation);
            _end.Dispose();
        }
    }

    private sealed class Waiting(TimeSpan limit, Action<StoreConnection>? work = null) : WriteJob
    {
        private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Half a minute, where milliseconds are due: what is never told fails a test and does not hang it.
        public Task Told => _told.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        public bool IsTold => _told.Task.IsCompleted;

        public Task Written => _written.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        public bool IsWritten => _written.Task.IsCompleted;

        public override long Deadline { get; } = Environment.TickCount64 + (long)limit.TotalMilliseconds;

        public override void Execute(StoreConnection connection) => work?.Invoke(connection);

        public override void Committed() => _written.SetResult();

        public override void Failed(StoreUnavailableException why) => _written.SetException(why);

        public override void Overdue() => _told.TrySetResult();
    }
}
