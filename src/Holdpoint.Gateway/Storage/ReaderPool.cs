using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Storage;

/// <summary>Read-only connections, opened on first need and kept; they see what was committed and never wait for the writer.</summary>
internal sealed class ReaderPool(StoreOptions options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.MaxReaders);
    private readonly ConcurrentBag<StoreConnection> _idle = [];
    private volatile bool _disposed;

    /// <summary>Runs a query on a connection of its own. Thread-safe.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be read, or the store has stopped.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<StoreConnection, T> query, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_idle.TryTake(out var connection))
            {
                connection = new StoreConnection(options, SqliteOpenMode.ReadOnly);
            }

            try
            {
                var result = query(connection);
                _idle.Add(connection);
                return result;
            }
            catch
            {
                // What a failed connection still holds is unknown; the next read opens a new one.
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException(StoreFault.Failed, e);
        }
        catch (ObjectDisposedException e)
        {
            throw new StoreUnavailableException(StoreFault.Stopped, e);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads that run, then closes every connection.</summary>
    public void Dispose()
    {
        _disposed = true;
        for (var i = 0; i < options.MaxReaders; i++)
        {
            _free.Wait();
        }

        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        // Let late callers in, to be told that the store has stopped.
        _free.Release(options.MaxReaders);
    }
}
