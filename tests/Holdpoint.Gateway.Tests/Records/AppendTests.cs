using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Log.Tree;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Records;

public sealed class AppendTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_appends_get_every_index_once_and_all_are_durable()
    {
        await using var fixture = await LogFixture.OpenAsync();
        const int Tasks = 64, PerTask = 160;

        var indexes = await Task.WhenAll(Enumerable.Range(0, Tasks).Select(_ => Task.Run(async () =>
        {
            var mine = new long[PerTask];
            for (var i = 0; i < PerTask; i++)
            {
                mine[i] = await fixture.AppendAsync();
            }

            return mine;
        })));

        Assert.All(indexes, mine => Assert.Equal(mine.Order(), mine));
        Assert.Equal(Enumerable.Range(0, Tasks * PerTask).Select(i => (long)i), indexes.SelectMany(i => i).Order());
        await fixture.ReopenAsync();
        Assert.Equal(Tasks * PerTask, fixture.Log.Size);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1_000)]
    public async Task The_tree_is_that_of_the_records_before_and_after_a_restart(int count)
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendManyAsync(count);

        var bodies = await fixture.Store.ReadAsync(c => RecordTables.Bodies(c, 0, count), Cancellation);
        var expected = new TreeHead(count, MerkleTree.Root([.. bodies.Select(b => MerkleTree.LeafHash(b))]));

        Assert.Equal(expected, await fixture.Log.HeadAsync(Cancellation));
        await fixture.ReopenAsync();
        Assert.Equal(expected, await fixture.Log.HeadAsync(Cancellation));
    }

    [Fact]
    public async Task A_change_that_the_database_refuses_is_no_record_and_tells_it_as_every_other_fault_of_the_store()
    {
        await using var fixture = await LogFixture.OpenAsync();

        var fault = await Assert.ThrowsAsync<RecordUnavailableException>(() => fixture.Log.AppendWithAsync(
            LogFixture.Ordinary,
            (connection, _) =>
            {
                connection.Execute("INSERT INTO no_such_table VALUES (1)");
                return true;
            }));

        Assert.Equal(RecordFault.StoreFailed, fault.Fault);
        Assert.Equal(0, await fixture.AppendAsync());
    }

    [Fact]
    public async Task Numbers_and_links_go_on_after_a_restart()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendManyAsync(3);
        var gateway = fixture.Log.Gateway;

        await fixture.ReopenAsync();
        await fixture.AppendManyAsync(2);

        Assert.Equal(gateway, fixture.Log.Gateway);
        var prev = Hash.Zero;
        for (var i = 0; i < 5; i++)
        {
            var record = await fixture.RecordAsync(i);
            Assert.Contains($"\"gateway\":\"{gateway}\"", record, StringComparison.Ordinal);
            Assert.Contains($"\"seq\":{i},", record, StringComparison.Ordinal);
            Assert.Contains($"\"prev\":\"{prev.ToHex()}\"", record, StringComparison.Ordinal);
            prev = MerkleTree.LeafHash(System.Text.Encoding.UTF8.GetBytes(record));
        }
    }

    [Fact]
    public async Task Records_that_nobody_waits_for_keep_their_order_and_are_written_before_the_store_closes()
    {
        await using var fixture = await LogFixture.OpenAsync();
        var decision = await fixture.AppendAsync();
        for (var i = 0; i < 50; i++)
        {
            Assert.True(fixture.Log.TryAppend(new RecordDraft { Kind = RecordKind.Outcome, About = decision, Status = 200 + i }));
        }

        await fixture.ReopenAsync();

        Assert.Equal(51, fixture.Log.Size);
        Assert.Contains("\"about\":0", await fixture.RecordAsync(1), StringComparison.Ordinal);
        Assert.Contains("\"status\":249", await fixture.RecordAsync(50), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_gives_up_neither_loses_nor_doubles_its_record()
    {
        await using var fixture = await LogFixture.OpenAsync();
        using var source = new CancellationTokenSource();
        var appends = Enumerable.Range(0, 200).Select(_ => fixture.Log.AppendAsync(LogFixture.Ordinary).WaitAsync(source.Token)).ToArray();
        await source.CancelAsync();
        foreach (var append in appends)
        {
            await append.ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        Assert.Equal(200, await fixture.AppendAsync());
        Assert.True(appends.All(a => a.IsCanceled || a.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task A_wait_for_a_record_ends_when_the_store_is_stuck()
    {
        await using var fixture = await LogFixture.OpenAsync();
        var impatient = await RecordLog.OpenAsync(
            fixture.Store, fixture.Time, longestWait: TimeSpan.FromMilliseconds(50), cancellationToken: Cancellation);
        using var stuck = new ManualResetEventSlim();
        var holding = fixture.Store.WriteAsync(
            _ =>
            {
                stuck.Wait(Cancellation);
                return 0;
            },
            Cancellation);

        var plain = await Assert.ThrowsAsync<RecordUnavailableException>(() => impatient.AppendAsync(LogFixture.Ordinary));
        var changing = await Assert.ThrowsAsync<RecordUnavailableException>(
            () => impatient.AppendWithAsync(LogFixture.Ordinary, (_, _) => true));

        Assert.Equal((RecordFault.StoreFailed, RecordFault.StoreFailed), (plain.Fault, changing.Fault));
        stuck.Set();
        await holding;
    }

    [Fact]
    public async Task After_a_failed_transaction_the_next_record_takes_the_index_that_was_not_used()
    {
        await using var fixture = await LogFixture.OpenAsync(o => o with { LockWaitSeconds = 1 });
        await fixture.AppendManyAsync(300);
        using (var other = new SqliteConnection($"Data Source={fixture.DatabasePath};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: false);
            var failed = await Assert.ThrowsAsync<RecordUnavailableException>(() => fixture.AppendAsync());
            Assert.Equal(RecordFault.StoreFailed, failed.Fault);
            Assert.True(fixture.Log.TryAppend(new RecordDraft { Kind = RecordKind.Outcome, About = 299 }));
        }

        // The outcome is tried again, in the transaction of the next record at the latest.
        var next = await fixture.AppendAsync();

        Assert.Equal(301, next);
        Assert.Contains("\"outcome\"", await fixture.RecordAsync(300), StringComparison.Ordinal);
        await fixture.ReopenAsync();
        Assert.Equal(302, fixture.Log.Size);
    }

    [Fact]
    public async Task A_record_that_was_numbered_before_its_transaction_failed_leaves_no_trace()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendManyAsync(255);
        var head = await fixture.Log.HeadAsync(Cancellation);
        using var entered = new ManualResetEventSlim();
        using var open = new ManualResetEventSlim();
        var held = fixture.Store.WriteAsync(
            _ =>
            {
                entered.Set();
                open.Wait();
                return 0;
            },
            Cancellation);
        entered.Wait(Cancellation);

        // The first completes a tile; the third fails them all.
        var numbered = new[] { fixture.AppendAsync(), fixture.AppendAsync() };
        Assert.Null(fixture.Store.Enqueue(new FailingJob()));
        open.Set();
        await held;
        foreach (var append in numbered)
        {
            await Assert.ThrowsAsync<RecordUnavailableException>(() => append);
        }

        Assert.Equal(head, await fixture.Log.HeadAsync(Cancellation));
        Assert.Equal(255, fixture.Log.Size);
        Assert.Equal(255, await fixture.AppendAsync());
        await fixture.ReopenAsync();
        Assert.Equal(256, fixture.Log.Size);
    }

    [Fact]
    public async Task A_disk_that_fills_up_refuses_and_numbers_go_on_when_there_is_room()
    {
        await using var fixture = await LogFixture.OpenAsync(o => o with { MaxFileBytes = 1L << 20 });
        var written = 0L;
        RecordUnavailableException? refused = null;
        while (refused is null)
        {
            try
            {
                Assert.Equal(written, await fixture.AppendAsync());
                written++;
            }
            catch (RecordUnavailableException e)
            {
                refused = e;
            }
        }

        Assert.Equal(RecordFault.StoreFailed, refused.Fault);
        await Assert.ThrowsAsync<RecordUnavailableException>(() => fixture.AppendAsync());
        await fixture.ReopenAsync();
        Assert.Equal(written, await fixture.AppendAsync());
    }

    [Fact]
    public async Task A_store_that_was_swapped_while_open_gets_no_more_records()
    {
        await using var fixture = await LogFixture.OpenAsync(o => o with { LockWaitSeconds = 1 });
        await fixture.AppendManyAsync(10);

        // Delete the newest record behind the gateway's back, and make it look again.
        fixture.Run("DELETE FROM record WHERE idx = 9; DELETE FROM disclosure WHERE idx = 9");
        using (var other = new SqliteConnection($"Data Source={fixture.DatabasePath};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: false);
            await Assert.ThrowsAsync<RecordUnavailableException>(() => fixture.AppendAsync());
        }

        await Assert.ThrowsAsync<RecordUnavailableException>(() => fixture.AppendAsync());
        await Assert.ThrowsAsync<RecordUnavailableException>(() => fixture.AppendAsync());
    }

    [Fact]
    public async Task Too_large_a_record_is_refused_and_the_log_goes_on()
    {
        await using var fixture = await LogFixture.OpenAsync();
        var many = Enumerable.Range(0, 300).Select(i => "sha256:" + Hash.Of(BitConverter.GetBytes(i)).ToHex());
        var large = LogFixture.Ordinary with { Evidence = [.. many] };
        var secret = LogFixture.Ordinary with { Coverage = new Coverage(1, 1, new byte[RenderedRecord.MaxDisclosureBytes]) };

        Assert.Equal(RecordFault.TooLarge, (await Assert.ThrowsAsync<RecordUnavailableException>(() => fixture.AppendAsync(large))).Fault);
        Assert.Equal(RecordFault.TooLarge, (await Assert.ThrowsAsync<RecordUnavailableException>(() => fixture.AppendAsync(secret))).Fault);
        Assert.Equal(0, await fixture.AppendAsync());
    }

    [Fact]
    public async Task After_the_end_nothing_is_accepted()
    {
        await using var fixture = await LogFixture.OpenAsync();
        var log = fixture.Log;
        await fixture.CloseAsync();

        Assert.Equal(
            RecordFault.Stopped, (await Assert.ThrowsAsync<RecordUnavailableException>(() => log.AppendAsync(LogFixture.Ordinary))).Fault);
        Assert.False(log.TryAppend(LogFixture.Ordinary));
    }

    private sealed class FailingJob : WriteJob
    {
        public override void Execute(StoreConnection connection) => throw new InvalidOperationException("as a broken disk would");

        public override void Committed() => Assert.Fail("It cannot be committed.");

        public override void Failed(StoreUnavailableException why)
        {
        }
    }
}
