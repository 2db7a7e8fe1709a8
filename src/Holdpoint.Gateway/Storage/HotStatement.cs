using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Holdpoint.Gateway.Storage;

/// <summary>
/// A statement without rows that runs for every record, bound and stepped by SQLite's own functions: a command of the driver costs more
/// around such an insert than the insert does (ADR 0210). It fails as the driver does, with a <see cref="SqliteException"/>, but does not
/// wait for a lock once more: it runs in a transaction that holds the only one there is. Belongs to its connection. Not thread-safe.
/// </summary>
internal sealed class HotStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="connection">An open connection.</param>
    /// <param name="sql">One statement, its parameters written <c>?</c>.</param>
    /// <exception cref="SqliteException">It is not SQL, or names what is not there.</exception>
    public HotStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        ThrowUnlessDone(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Gives a parameter its value; the first has place 1.</summary>
    public void Bind(int place, long? value) => ThrowUnlessDone(value is { } number
        ? raw.sqlite3_bind_int64(_statement, place, number)
        : raw.sqlite3_bind_null(_statement, place));

    /// <summary>As <see cref="Bind(int, long?)"/>. SQLite copies the bytes.</summary>
    public void Bind(int place, ReadOnlySpan<byte> value) => ThrowUnlessDone(raw.sqlite3_bind_blob(_statement, place, value));

    /// <summary>Runs it with the values that were bound last.</summary>
    /// <exception cref="SqliteException">It failed; what that means for the transaction is SQLite's to say.</exception>
    public void Run()
    {
        try
        {
            ThrowUnlessDone(raw.sqlite3_step(_statement));
        }
        finally
        {
            // Says again what the step said; that is thrown already.
            _ = raw.sqlite3_reset(_statement);
        }
    }

    public void Dispose() => _statement.Dispose();

    private void ThrowUnlessDone(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
