using Holdpoint.Gateway.Storage;
using Holdpoint.Testing;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Storage;

/// <summary>A hot statement does what the driver's command does, and fails as it does.</summary>
public sealed class HotStatementTests : IDisposable
{
    private const string Insert = "INSERT INTO t (x, y, body) VALUES (?, ?, ?)";

    // SQLite's result codes (sqlite.org/rescode.html).
    private const int Busy = 5;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int Constraint = 19;

    private readonly TempFolder _folder = new();

    [Fact]
    public void What_is_bound_is_stored_each_time_anew()
    {
        using var connection = Open();
        var insert = connection.Prepare(Insert);

        Run(insert, 1, long.MinValue, [1, 2, 3]);
        Run(insert, 2, null, []);
        Run(insert, 3, 7, new byte[100_000]);

        Assert.Equal("-9223372036854775808 blob 3", Row(connection, 1));
        Assert.Equal("null blob 0", Row(connection, 2));
        Assert.Equal("7 blob 100000", Row(connection, 3));
    }

    [Fact]
    public void Sql_that_is_none_is_told_at_once()
    {
        using var connection = Open();

        Assert.Throws<SqliteException>(() => connection.Prepare("INSERT INTO no_such_table VALUES (?)"));
    }

    [Fact]
    public void A_constraint_is_told_and_the_statement_runs_again()
    {
        using var connection = Open();
        var insert = connection.Prepare(Insert);
        Run(insert, 1, null, [1]);

        FailsAsTheDriver(connection, insert, 1, [2], Constraint);

        Run(insert, 2, null, [2]);
        Assert.Equal(2L, connection.Scalar("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public void A_full_disk_is_told_and_ends_as_the_drivers_does()
    {
        using var connection = Open(o => o with { MaxFileBytes = 1L << 20 });

        FailsAsTheDriver(connection, connection.Prepare(Insert), 1, new byte[2 << 20], Full);
    }

    [Fact]
    public void A_lock_of_another_program_is_told_after_the_wait_for_it()
    {
        using var connection = Open(o => o with { LockWaitSeconds = 1 });
        var insert = connection.Prepare(Insert);
        using var other = new SqliteConnection($"Data Source={_folder["store.db"]};Pooling=False");
        other.Open();
        using (other.BeginTransaction(deferred: false))
        {
            FailsAsTheDriver(connection, insert, 1, [1], Busy);
        }

        Run(insert, 1, null, [1]);
    }

    [Fact]
    public void A_damaged_file_is_told()
    {
        long firstPage;
        using (var connection = Open())
        {
            Run(connection.Prepare(Insert), 1, null, [1]);
            firstPage = (long)connection.Scalar("PRAGMA page_size")!;
        }

        using (var file = File.OpenWrite(_folder["store.db"]))
        {
            // All but the first page, which names the tables.
            file.Position = firstPage;
            file.Write([.. Enumerable.Repeat((byte)0xa5, (int)(file.Length - file.Position))]);
        }

        using var damaged = Connect();
        FailsAsTheDriver(damaged, damaged.Prepare(Insert), 2, [1], Corrupt);
    }

    public void Dispose() => _folder.Dispose();

    private static void FailsAsTheDriver(StoreConnection connection, HotStatement insert, long x, byte[] body, int code)
    {
        var hot = Assert.Throws<SqliteException>(() => Run(insert, x, null, body));
        var driver = Assert.Throws<SqliteException>(
            () => connection.Execute("INSERT INTO t (x, y, body) VALUES (@p0, @p1, @p2)", x, null, body));

        Assert.Equal(code, hot.SqliteErrorCode);
        Assert.Equal(
            (driver.Message, driver.SqliteErrorCode, driver.SqliteExtendedErrorCode),
            (hot.Message, hot.SqliteErrorCode, hot.SqliteExtendedErrorCode));
    }

    private static void Run(HotStatement insert, long x, long? y, ReadOnlySpan<byte> body)
    {
        insert.Bind(1, x);
        insert.Bind(2, y);
        insert.Bind(3, body);
        insert.Run();
    }

    private static string? Row(StoreConnection connection, long x) => (string?)connection.Scalar(
        "SELECT COALESCE(y, 'null') || ' ' || typeof(body) || ' ' || length(body) FROM t WHERE x = @p0", x);

    private StoreConnection Open(Func<StoreOptions, StoreOptions>? options = null)
    {
        var connection = Connect(options);
        connection.ExecuteScript("CREATE TABLE t (x INTEGER PRIMARY KEY, y INTEGER, body BLOB NOT NULL)");
        return connection;
    }

    private StoreConnection Connect(Func<StoreOptions, StoreOptions>? options = null)
    {
        var plain = new StoreOptions { Path = _folder["store.db"] };
        return new StoreConnection(options?.Invoke(plain) ?? plain, SqliteOpenMode.ReadWriteCreate);
    }
}
