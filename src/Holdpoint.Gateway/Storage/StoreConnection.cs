using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Storage;

/// <summary>
/// A connection with its prepared statements: the seam by which a concept runs its own SQL. Parameters are <c>@p0</c>,
/// <c>@p1</c>, … in order; values are <see cref="long"/>, <see cref="int"/>, <see cref="string"/>, <c>byte[]</c> or null. SQL is
/// a constant per place of use, because statements are kept by their text. Not thread-safe.
/// </summary>
internal sealed class StoreConnection : IDisposable
{
    private const long CheckpointBytes = 16_000_000;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = [];
    private readonly List<HotStatement> _hotStatements = [];

    /// <exception cref="SqliteException">The file cannot be opened, or is not a database.</exception>
    public StoreConnection(StoreOptions options, SqliteOpenMode mode)
    {
        _ = SqliteLibrary.Loaded;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = options.LockWaitSeconds,
        }.ToString());
        try
        {
            _connection.Open();
            Configure(options, mode);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether it was opened because somebody else had changed the database: what is there is to be looked at before it is built on.
    /// </summary>
    public bool IsAfterForeignChange { get; init; }

    /// <summary>Runs a statement that returns no rows; returns how many it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>A statement without rows that will run very often; the connection's own, closed with it.</summary>
    /// <exception cref="SqliteException">It is not SQL, or names what is not there.</exception>
    public HotStatement Prepare(string sql)
    {
        var statement = new HotStatement(_connection, sql);
        _hotStatements.Add(statement);
        return statement;
    }

    /// <summary>Runs a query. The reader must be disposed before the same SQL runs again.</summary>
    public DbDataReader Query(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    /// <summary>The first column of the first row; null when there is no row, or the value is NULL.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Runs several statements that take no parameters, such as a migration's.</summary>
    public void ExecuteScript(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        foreach (var statement in _hotStatements)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
            }

            _statements.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private void Configure(StoreOptions options, SqliteOpenMode mode)
    {
        // SQLite's own wait polls in milliseconds; the driver's retry loop, which DefaultTimeout ends, sleeps 150 ms at a time.
        ExecuteScript($"PRAGMA busy_timeout = {options.LockWaitSeconds * 1_000}");
        if (mode == SqliteOpenMode.ReadOnly)
        {
            return;
        }

        // Counts for a new file. SQLite writes whole pages, two calls of the system each: with pages of 8 KiB a commit of many records
        // takes half the calls of 4 KiB, and one of a single record is still small.
        ExecuteScript("PRAGMA page_size = 8192");
        if (Scalar("PRAGMA journal_mode = WAL") is not "wal")
        {
            throw new StoreRefusedException(
                "The store's file system does not support SQLite's write-ahead log. Put the store on a local disk.");
        }

        // FULL: a commit returns after its fdatasync. secure_delete: what is shredded is overwritten, not just unlinked.
        // Between checkpoints 16 MB: each costs two syncs and a rewrite of the pages, on the writer's own time.
        var pageBytes = (long)Scalar("PRAGMA page_size")!;
        ExecuteScript("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -4000");
        ExecuteScript($"PRAGMA wal_autocheckpoint = {CheckpointBytes / pageBytes}");
        ExecuteScript($"PRAGMA max_page_count = {Math.Max(options.MaxFileBytes, 1L << 20) / pageBytes}");
    }
}
