using System.Collections.Immutable;
using Holdpoint.Gateway.Storage;
using Holdpoint.Testing;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Storage;

/// <summary>What is written to a file that no name leads to any more is gone at the next start, so nothing is answered from it.</summary>
public sealed class StoreLossTests : IDisposable
{
    private static readonly ImmutableArray<Migration> Table =
        [new Migration(1, "table", "CREATE TABLE t (x INTEGER PRIMARY KEY, body BLOB)")];

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("store.db")]
    [InlineData("store.db-wal")]
    [InlineData("store.db-shm")]
    public async Task A_file_that_was_removed_or_renamed_fails_the_next_write_and_all_after_it(string file)
    {
        await using var store = Open();
        await Insert(store, 1);

        File.Move(_folder[file], _folder["elsewhere"]);
        await ExpectLossAsync(store, () => Insert(store, 2), "store_removed");

        // Putting it back does not help: what was refused meanwhile was refused.
        File.Move(_folder["elsewhere"], _folder[file]);
        await ExpectLossAsync(store, () => Insert(store, 3), "store_removed");
    }

    [Theory]
    [InlineData("store.db")]
    [InlineData("store.db-wal")]
    [InlineData("store.db-shm")]
    public async Task A_copy_in_the_place_of_a_file_is_not_the_file(string file)
    {
        await using var store = Open();
        await Insert(store, 1);

        File.Copy(_folder[file], _folder["copy"]);
        File.Move(_folder["copy"], _folder[file], overwrite: true);

        await ExpectLossAsync(store, () => Insert(store, 2), "store_replaced");
    }

    [Fact]
    public async Task A_link_that_was_turned_to_another_file_is_seen()
    {
        await File.WriteAllBytesAsync(_folder["one.db"], [], Cancellation);
        await File.WriteAllBytesAsync(_folder["two.db"], [], Cancellation);
        File.CreateSymbolicLink(_folder["store.db"], _folder["one.db"]);
        await using var store = Open();
        await Insert(store, 1);

        File.Delete(_folder["store.db"]);
        File.CreateSymbolicLink(_folder["store.db"], _folder["two.db"]);

        await ExpectLossAsync(store, () => Insert(store, 2), "store_replaced");
    }

    [Fact]
    public async Task What_is_removed_while_a_transaction_runs_is_not_answered_from()
    {
        await using var store = Open();
        await Insert(store, 1);

        await ExpectLossAsync(
            store,
            () => store.WriteAsync(
                c =>
                {
                    var changed = c.Execute("INSERT INTO t (x) VALUES (2)");
                    File.Delete(_folder["store.db"]);
                    return changed;
                },
                Cancellation),
            "store_removed");
    }

    [Fact]
    public async Task Readers_do_not_answer_from_a_file_without_a_name_either()
    {
        await using var store = Open();
        await Insert(store, 1);
        Assert.Equal(1L, await Count(store));

        File.Delete(_folder["store.db"]);

        Assert.Equal(StoreFault.Lost, (await Assert.ThrowsAsync<StoreUnavailableException>(() => Count(store).AsTask())).Fault);
        Assert.True(store.IsFailing);
        Assert.Equal("store_removed", store.Loss?.Code);
    }

    [Fact]
    public async Task Whoever_asks_whether_it_is_ready_is_told_before_the_next_write()
    {
        await using var store = Open();
        Assert.Null(store.Look());

        File.Delete(_folder["store.db"]);

        Assert.Equal("store_removed", store.Look()?.Code);
        Assert.True(store.IsFailing);
    }

    [Fact]
    public async Task A_database_that_was_cut_short_is_lost()
    {
        await using var store = Open();
        await InsertLargeAsync(store);
        await store.ClearWriteAheadLogAsync(Cancellation);
        await Insert(store, 100);

        using (var file = new FileStream(_folder["store.db"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(8_192);
        }

        await ExpectLossAsync(store, () => Insert(store, 101), "store_cut");
    }

    [Fact]
    public async Task A_backup_or_a_vacuum_by_the_operator_is_no_loss()
    {
        await using var store = Open();
        await InsertLargeAsync(store);
        Shell($"VACUUM INTO '{_folder["backup.db"]}'");
        Shell("DELETE FROM t WHERE x > 1; PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
        await Insert(store, 100);
        Shell("PRAGMA wal_checkpoint(TRUNCATE)");
        await Insert(store, 101);

        Assert.Null(store.Look());
        Assert.Equal(3L, await Count(store));
    }

    [Fact]
    public async Task A_failed_transaction_and_a_new_connection_are_no_loss()
    {
        await using var store = Open(o => o with { MaxFileBytes = 1L << 20 });
        await Insert(store, 1);
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.WriteAsync(c => c.Execute("INSERT INTO t (x, body) VALUES (2, @p0)", new byte[2 << 20]), Cancellation));

        await Insert(store, 3);

        Assert.Null(store.Look());
        Assert.Equal(2L, await Count(store));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task ExpectLossAsync(Store store, Func<Task> write, string code)
    {
        Assert.Equal(StoreFault.Lost, (await Assert.ThrowsAsync<StoreUnavailableException>(write)).Fault);
        Assert.Equal(code, store.Loss?.Code);
        Assert.True(store.IsFailing);
    }

    private static Task<int> Insert(Store store, int x) =>
        store.WriteAsync(c => c.Execute("INSERT INTO t (x) VALUES (@p0)", x), Cancellation);

    private static async Task InsertLargeAsync(Store store)
    {
        for (var i = 1; i <= 20; i++)
        {
            await store.WriteAsync(c => c.Execute("INSERT INTO t (x, body) VALUES (@p0, @p1)", i, new byte[50_000]), Cancellation);
        }
    }

    private static ValueTask<long> Count(Store store) => store.ReadAsync(c => (long)c.Scalar("SELECT COUNT(*) FROM t")!, Cancellation);

    /// <summary>What an operator's own program does to the store.</summary>
    private void Shell(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["store.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Store Open(Func<StoreOptions, StoreOptions>? options = null)
    {
        var plain = new StoreOptions { Path = _folder["store.db"] };
        return Store.Open(options?.Invoke(plain) ?? plain, Table, new ManualTimeProvider());
    }
}
