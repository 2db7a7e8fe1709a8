namespace Holdpoint.Gateway.Storage;

/// <summary>
/// One thing to write. Its methods, but for <see cref="Overdue"/>, run on the writer's thread, in the order the jobs were accepted; they
/// must be quick and must not wait for anything.
/// </summary>
internal abstract class WriteJob
{
    /// <summary>The memory that the job holds while it waits, in bytes; counts against <see cref="StoreOptions.MaxQueuedBytes"/>.</summary>
    public virtual int Bytes => 256;

    /// <summary>
    /// Nobody waits for this job, and it must not be lost: after a failed transaction it is tried again, first in a later one,
    /// until it succeeds or the store stops.
    /// </summary>
    public virtual bool IsRetried => false;

    /// <summary>Runs the job's statements inside the writer's transaction. An exception fails the whole transaction.</summary>
    /// <param name="connection">The writer's connection; a different object after each failure.</param>
    public abstract void Execute(StoreConnection connection);

    /// <summary>The transaction is durable.</summary>
    public abstract void Committed();

    /// <summary>Nothing of it was written.</summary>
    public abstract void Failed(StoreUnavailableException why);

    /// <summary>
    /// When whoever waits for the job gives up, in <see cref="Environment.TickCount64"/>; the largest value when nobody does. Never
    /// changes.
    /// </summary>
    public virtual long Deadline => long.MaxValue;

    /// <summary>
    /// Its <see cref="Deadline"/> has passed while it waited or ran. What becomes of it is not known yet: it may still be written. Runs on
    /// a thread of its own choice, beside the writer's, and can be told of a job that has just ended.
    /// </summary>
    public virtual void Overdue()
    {
    }
}

/// <summary>
/// A job given as a function. It runs inside a savepoint of its own: what it throws is its caller's to see and undoes only its own
/// statements, so that it cannot fail its neighbours. A fault of the database comes out as <see cref="StoreUnavailableException"/>.
/// </summary>
internal sealed class WriteJob<T>(Func<StoreConnection, T> work) : WriteJob
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _fault;

    public Task<T> Done => _done.Task;

    public override void Execute(StoreConnection connection)
    {
        connection.Execute("SAVEPOINT job");
        try
        {
            _result = work(connection);
        }
        catch (Exception e) when (e is not StoreLostException)
        {
            // Boundary between the caller's statements and the shared transaction. Some database errors (disk full, I/O) end the
            // whole transaction; then there is no savepoint left, this line throws, and all of the batch fails as it must.
            connection.Execute("ROLLBACK TO job");
            _fault = StoreUnavailableException.Of(e);
        }

        connection.Execute("RELEASE job");
    }

    public override void Committed()
    {
        if (_fault is null)
        {
            _done.SetResult(_result!);
        }
        else
        {
            _done.SetException(_fault);
        }
    }

    public override void Failed(StoreUnavailableException why) => _done.SetException(why);
}
