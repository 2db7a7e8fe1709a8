using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Storage;

/// <summary>Read-only connections, opened on first need and kept; they see what was committed and never wait for the writer.</summary>
/// <param name="options">Bounds and waits.</param>
/// <param name="files">Tells whether the files that are open are still the store's.</param>
/// <param name="onLoss">Told when they are found not to be; can be told more than once.</param>
internal sealed class ReaderPool(StoreOptions options, StoreFiles files, Action<StoreLoss> onLoss) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.MaxReaders);
    private readonly ConcurrentBag<StoreConnection> _idle = [];
    private volatile bool _disposed;
    private volatile int _generation;

    /// <summary>Runs a query on a connection of its own. Thread-safe.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be read, or the store has stopped.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<StoreConnection, T> query, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (files.LookAtDatabase() is { } loss)
            {
                onLoss(loss);
                throw new StoreUnavailableException(StoreFault.Lost);
            }

            var generation = _generation;
            if (!_idle.TryTake(out var connection))
            {
                connection = new StoreConnection(options, SqliteOpenMode.ReadOnly);
            }

            try
            {
                var result = query(connection);
                GiveBack(connection, generation);
                return result;
            }
            catch
            {
                // What a failed connection still holds is unknown; the next read opens a new one.
                connection.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is SqliteException or IOException)
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

    /// <summary>
    /// Closes what is kept, and what runs when it has ended: what these connections remember of the database may be wrong.
    /// </summary>
    public void Renew()
    {
        _generation++;
        CloseIdle();
    }

    /// <summary>Waits for the reads that run, then closes every connection.</summary>
    public void Dispose()
    {
        _disposed = true;
        for (var i = 0; i < options.MaxReaders; i++)
        {
            _free.Wait();
        }

        CloseIdle();

        // Let late callers in, to be told that the store has stopped.
        _free.Release(options.MaxReaders);
    }

    private void GiveBack(StoreConnection connection, int generation)
    {
        if (generation == _generation)
        {
            _idle.Add(connection);
        }
        else
        {
            connection.Dispose();
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
