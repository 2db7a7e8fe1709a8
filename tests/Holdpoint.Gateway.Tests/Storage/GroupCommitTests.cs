using System.Collections.Immutable;
using Holdpoint.Gateway.Storage;
using Holdpoint.Testing;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Storage;

public sealed class GroupCommitTests : IDisposable
{
    private static readonly ImmutableArray<Migration> Table =
        [new Migration(1, "table", "CREATE TABLE t (x INTEGER PRIMARY KEY, body BLOB)")];

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_is_seen_by_the_next_read()
    {
        await using var store = Open();

        await Insert(store, 1);

        Assert.Equal(1L, await Count(store));
    }

    [Fact]
    public async Task A_job_that_throws_undoes_itself_and_not_its_neighbours()
    {
        await using var store = Open();
        using var gate = new Gate(store);

        var before = Insert(store, 1);
        var failing = store.WriteAsync<int>(
            c =>
            {
                c.Execute("INSERT INTO t (x) VALUES (@p0)", 2);
                throw new InvalidOperationException("mine");
            },
            Cancellation);
        var duplicate = Insert(store, 1);
        var after = Insert(store, 3);
        gate.Open();

        await before;
        await after;
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => duplicate);
        Assert.Equal(2L, await Count(store));
        Assert.False(store.IsFailing);
    }

    [Fact]
    public async Task A_full_disk_fails_every_waiter_of_the_transaction_and_the_store_goes_on()
    {
        await using var store = Open(o => o with { MaxFileBytes = 1L << 20 });
        using var gate = new Gate(store);

        var small = Insert(store, 1);
        var huge = new FailingBatch(c => c.Execute("INSERT INTO t (x, body) VALUES (@p0, @p1)", 2, new byte[2 << 20]));
        Assert.Null(store.Enqueue(huge));
        var alsoSmall = Insert(store, 3);
        gate.Open();

        Assert.Equal(StoreFault.Failed, (await Assert.ThrowsAsync<StoreUnavailableException>(() => small)).Fault);
        Assert.Equal(StoreFault.Failed, (await Assert.ThrowsAsync<StoreUnavailableException>(() => alsoSmall)).Fault);
        Assert.True(store.IsFailing);

        await Insert(store, 4);
        Assert.Equal(1L, await Count(store));
        Assert.False(store.IsFailing);
    }

    [Fact]
    public async Task A_store_that_became_read_only_refuses_and_recovers()
    {
        await using var store = Open();

        // The same error as a file system that was remounted read-only, which a test cannot do.
        var readOnly = new FailingBatch(c =>
        {
            c.ExecuteScript("PRAGMA query_only = ON");
            c.Execute("INSERT INTO t (x) VALUES (1)");
        });
        Assert.Null(store.Enqueue(readOnly));

        Assert.Equal(StoreFault.Failed, (await readOnly.Outcome).Fault);
        await Insert(store, 1);
        Assert.Equal(1L, await Count(store));
    }

    [Fact]
    public async Task A_lock_held_by_another_program_refuses_until_it_is_released()
    {
        await using var store = Open(o => o with { LockWaitSeconds = 1 });
        await Insert(store, 1);
        using (var other = new SqliteConnection($"Data Source={_folder["store.db"]};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: false);

            var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => Insert(store, 2));
            Assert.Equal(StoreFault.Failed, fault.Fault);
        }

        await Insert(store, 3);
        Assert.Equal(2L, await Count(store));
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_what_was_accepted_is_written()
    {
        await using var store = Open(o => o with { MaxQueuedJobs = 3 });
        using var gate = new Gate(store);

        var accepted = new[] { Insert(store, 1), Insert(store, 2), Insert(store, 3) };
        var refused = Insert(store, 4);

        Assert.True(refused.IsFaulted);
        Assert.Equal(StoreFault.Overloaded, (await Assert.ThrowsAsync<StoreUnavailableException>(() => refused)).Fault);
        gate.Open();
        await Task.WhenAll(accepted);
        Assert.Equal(3L, await Count(store));
    }

    [Fact]
    public async Task Bytes_that_wait_are_bounded_too()
    {
        await using var store = Open(o => o with { MaxQueuedBytes = 700 });
        using var gate = new Gate(store);

        var accepted = new[] { Insert(store, 1), Insert(store, 2) };

        Assert.True(Insert(store, 3).IsFaulted);
        gate.Open();
        await Task.WhenAll(accepted);
    }

    [Fact]
    public async Task A_caller_that_gives_up_stops_waiting_and_the_write_happens_once()
    {
        await using var store = Open();
        using var cancelled = new CancellationTokenSource();
        using (var gate = new Gate(store))
        {
            var waiting = store.WriteAsync(c => c.Execute("INSERT INTO t (x) VALUES (1)"), cancelled.Token);
            await cancelled.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        await Insert(store, 2);
        Assert.Equal(2L, await Count(store));
    }

    [Fact]
    public async Task Closing_writes_what_was_accepted_and_refuses_the_rest()
    {
        Task[] accepted;
        var store = Open();
        using (var gate = new Gate(store))
        {
            accepted = [.. Enumerable.Range(0, 100).Select(i => Insert(store, i))];
        }

        await store.DisposeAsync();

        await Task.WhenAll(accepted);
        Assert.Equal(StoreFault.Stopped, (await Assert.ThrowsAsync<StoreUnavailableException>(() => Insert(store, 200))).Fault);
        Assert.Equal(StoreFault.Stopped, (await Assert.ThrowsAsync<StoreUnavailableException>(() => Count(store).AsTask())).Fault);
        await using var again = Open();
        Assert.Equal(100L, await Count(again));
    }

    [Fact]
    public async Task A_job_that_must_not_be_lost_is_tried_again()
    {
        await using var store = Open(o => o with { RetryPause = TimeSpan.FromMilliseconds(1) });
        var attempts = 0;
        var job = new FailingBatch(
            c =>
            {
                c.Execute("INSERT INTO t (x) VALUES (1)");
                if (++attempts < 3)
                {
                    throw new InvalidOperationException("not yet");
                }
            },
            isRetried: true);

        Assert.Null(store.Enqueue(job));
        await job.Written;

        Assert.Equal(3, attempts);
        Assert.Equal(1L, await Count(store));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public async Task A_job_that_must_not_be_lost_gets_a_last_chance_when_the_store_closes(int succeedsAt)
    {
        var store = Open(o => o with { RetryPause = TimeSpan.FromHours(1) });
        var attempts = 0;
        var job = new FailingBatch(
            _ =>
            {
                if (++attempts < succeedsAt)
                {
                    throw new InvalidOperationException("not yet");
                }
            },
            isRetried: true);
        Task neighbour;
        using (var gate = new Gate(store))
        {
            Assert.Null(store.Enqueue(job));
            neighbour = Insert(store, 1);
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(() => neighbour);
        await store.DisposeAsync();

        Assert.Equal(2, attempts);
        Assert.Equal(succeedsAt == 2, job.Written.IsCompleted);
        Assert.Equal(succeedsAt != 2, job.Outcome.IsCompleted);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<int> Insert(Store store, int x) =>
        store.WriteAsync(c => c.Execute("INSERT INTO t (x) VALUES (@p0)", x), Cancellation);

    private static ValueTask<long> Count(Store store) => store.ReadAsync(c => (long)c.Scalar("SELECT COUNT(*) FROM t")!, Cancellation);

    private Store Open(Func<StoreOptions, StoreOptions>? options = null)
    {
        var plain = new StoreOptions { Path = _folder["store.db"] };
        return Store.Open(options?.Invoke(plain) ?? plain, Table, new ManualTimeProvider());
    }

    /// <summary>Keeps the writer busy, so that what is enqueued meanwhile becomes one batch.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private readonly Task _held;

        public Gate(Store store)
        {
            using var entered = new ManualResetEventSlim();
            _held = store.WriteAsync(
                _ =>
                {
                    entered.Set();
                    _open.Wait();
                    return 0;
                },
                Cancellation);
            entered.Wait(Cancellation);
        }

        public void Open() => _open.Set();

        public void Dispose()
        {
            _open.Set();
            _held.Wait(Cancellation);
            _open.Dispose();
        }
    }

    /// <summary>A job whose exception fails its whole batch, as a disk's error does.</summary>
    private sealed class FailingBatch(Action<StoreConnection> work, bool isRetried = false) : WriteJob
    {
        private readonly TaskCompletionSource _written = new();
        private readonly TaskCompletionSource<StoreUnavailableException> _failed = new();

        public Task Written => _written.Task;

        public Task<StoreUnavailableException> Outcome => _failed.Task;

        public override bool IsRetried => isRetried;

        public override void Execute(StoreConnection connection) => work(connection);

        public override void Committed() => _written.SetResult();

        public override void Failed(StoreUnavailableException why) => _failed.SetResult(why);
    }
}
