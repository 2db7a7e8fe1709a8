using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Storage;

/// <summary>
/// Group commit: one thread takes everything that waits, runs it in one transaction, syncs once, then completes every waiter.
/// When a transaction fails, all of it fails, the connection is thrown away, and the next batch starts on a new one.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    private readonly StoreOptions _options;
    private readonly StoreFiles _files;
    private readonly Action<Exception> _onFailure;
    private readonly Action _onForeignChange;
    private readonly ConcurrentQueue<WriteJob> _queue = new();
    private readonly ManualResetEventSlim _wake = new();
    private readonly List<WriteJob> _retries = [];

    // What runs now. Changed under its lock, so that a job is always seen in the queue or here until it has ended.
    private readonly List<WriteJob> _batch = [];
    private readonly Lock _batchLock = new();
    private readonly Deadlines _deadlines;
    private readonly Thread _thread;
    private StoreConnection? _connection;
    private int _queuedJobs;
    private long _queuedBytes;
    private volatile bool _stopping;
    private volatile bool _failing;

    // A job has waited for longer than it may. Changed under the lock of the batch.
    private volatile bool _isStuck;

    /// <param name="options">Bounds and pauses.</param>
    /// <param name="files">Tells whether what is written can be found again.</param>
    /// <param name="connection">The connection that opened the store; owned from here on.</param>
    /// <param name="onFailure">Told of every failed transaction, on the writer's thread.</param>
    /// <param name="onForeignChange">Told, likewise, when somebody else changed the database: what was kept of it may be wrong.</param>
    public GroupWriter(
        StoreOptions options, StoreFiles files, StoreConnection connection, Action<Exception> onFailure, Action onForeignChange)
    {
        _options = options;
        _files = files;
        _connection = connection;
        _onFailure = onFailure;
        _onForeignChange = onForeignChange;
        _deadlines = new Deadlines(Expire);
        _thread = new Thread(Run) { Name = "holdpoint store writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>True from a failed transaction until the next one that succeeds, and for good once the store is lost.</summary>
    public bool IsFailing => _failing || _isStuck || _files.Loss is not null;

    /// <summary>Accepts a job for the next batch. Thread-safe; jobs accepted one after the other are written in that order.</summary>
    /// <returns>Null when accepted; else why not, and the job will not run.</returns>
    public StoreFault? Enqueue(WriteJob job)
    {
        var jobs = Interlocked.Increment(ref _queuedJobs);
        var bytes = Interlocked.Add(ref _queuedBytes, job.Bytes);

        // Counted before it is looked at: the writer leaves only when it has seen `_stopping` and then a count of zero.
        if (_stopping || _files.Loss is not null || jobs > _options.MaxQueuedJobs || bytes > _options.MaxQueuedBytes)
        {
            Interlocked.Add(ref _queuedBytes, -job.Bytes);
            Interlocked.Decrement(ref _queuedJobs);
            return _stopping ? StoreFault.Stopped : _files.Loss is not null ? StoreFault.Lost : StoreFault.Overloaded;
        }

        _queue.Enqueue(job);
        if (!_wake.IsSet)
        {
            _wake.Set();
        }

        if (job.Deadline < long.MaxValue)
        {
            _deadlines.Add(job.Deadline);
        }

        return null;
    }

    /// <summary>Accepts no more jobs, writes those accepted, and ends the thread.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        _connection?.Dispose();
        _wake.Dispose();
        _deadlines.Dispose();
    }

    private void Run()
    {
        while (WaitForJobs())
        {
            lock (_batchLock)
            {
                _batch.AddRange(_retries);
                _retries.Clear();
                Drain(_batch);
            }

            if (_batch.Count > 0)
            {
                RunBatch(_batch);
                lock (_batchLock)
                {
                    _batch.Clear();
                    _isStuck &= _failing;
                }
            }
        }
    }

    /// <summary>
    /// True when there is something to write: jobs, or retries whose pause is over, or retries that a stop gives a last chance.
    /// False when the writer is to end.
    /// </summary>
    private bool WaitForJobs()
    {
        var paused = false;
        while (true)
        {
            if (Volatile.Read(ref _queuedJobs) > 0)
            {
                return true;
            }

            if (_stopping)
            {
                return _retries.Count > 0;
            }

            if (paused)
            {
                return true;
            }

            _wake.Reset();
            if (Volatile.Read(ref _queuedJobs) > 0 || _stopping)
            {
                continue;
            }

            if (_retries.Count == 0)
            {
                _wake.Wait();
            }
            else
            {
                paused = !_wake.Wait(_options.RetryPause);
            }
        }
    }

    private void Drain(List<WriteJob> batch)
    {
        while (batch.Count < _options.MaxBatch && _queue.TryDequeue(out var job))
        {
            Interlocked.Add(ref _queuedBytes, -job.Bytes);
            Interlocked.Decrement(ref _queuedJobs);
            batch.Add(job);
        }
    }

    /// <summary>Tells the jobs whose deadline has passed; returns the earliest of the others'.</summary>
    private long Expire(long now)
    {
        List<WriteJob> overdue = [];
        var next = long.MaxValue;
        lock (_batchLock)
        {
            foreach (var job in _batch.Concat(_queue))
            {
                if (job.Deadline <= now)
                {
                    overdue.Add(job);
                }
                else
                {
                    next = Math.Min(next, job.Deadline);
                }
            }

            _isStuck |= overdue.Count > 0;
        }

        overdue.ForEach(job => job.Overdue());
        return next;
    }

    private void RunBatch(List<WriteJob> batch)
    {
        try
        {
            var connection = Begin();
            foreach (var job in batch)
            {
                job.Execute(connection);
            }

            connection.Execute("COMMIT");

            // Only now is it answered from: durable, and where the next start will look for it.
            _files.LookAtAll(connection, isOursSince: true);
        }
        catch (Exception e)
        {
            // Boundary of the writer's thread: whatever the disk or the database did, nobody may be left waiting. Closing the
            // connection rolls back, and no state of a half-failed connection survives.
            Close();
            _failing = true;
            if (e is not StoreLostException lost || _files.Lose(lost.Loss))
            {
                _onFailure(e);
            }

            Fail(batch, e);
            return;
        }

        _failing = false;
        foreach (var job in batch)
        {
            job.Committed();
        }
    }

    /// <summary>
    /// A transaction on files that are still the store's, and on a connection that remembers nothing which is not true any more.
    /// </summary>
    private StoreConnection Begin()
    {
        var connection = _connection ??= new StoreConnection(_options, SqliteOpenMode.ReadWrite);
        connection.Execute("BEGIN IMMEDIATE");
        if (!_files.LookAtAll(connection, isOursSince: false))
        {
            return connection;
        }

        Close();
        _onForeignChange();
        connection = _connection = new StoreConnection(_options, SqliteOpenMode.ReadWrite) { IsAfterForeignChange = true };
        connection.Execute("BEGIN IMMEDIATE");
        _files.LookAtAll(connection, isOursSince: true);
        return connection;
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
        _files.ConnectionClosed();
    }

    private void Fail(List<WriteJob> batch, Exception why)
    {
        var isLost = why is StoreLostException;
        foreach (var job in batch)
        {
            if (job.IsRetried && !isLost && !_stopping && _retries.Count < _options.MaxQueuedJobs)
            {
                _retries.Add(job);
            }
            else
            {
                job.Failed(new StoreUnavailableException(isLost ? StoreFault.Lost : StoreFault.Failed, why));
            }
        }
    }
}
