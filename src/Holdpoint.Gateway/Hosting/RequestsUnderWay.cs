using Holdpoint.Gateway.Records;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Hosting;

/// <summary>
/// Knows when the last request has ended. The server's own stop waits for connections and, once their time is up, only for a second more;
/// what was cut off then is still to be recorded before the log closes. Thread-safe.
/// </summary>
internal sealed class RequestsUnderWay
{
    /// <summary>The time that the log stays open for requests under way: the longest wait for a record, and one second more.</summary>
    private static readonly TimeSpan Patience = RecordLog.LongestWait + TimeSpan.FromSeconds(1);

    private int _count;
    private TaskCompletionSource? _empty;

    /// <summary>The step of each request.</summary>
    public async Task CountAsync(HttpContext http, RequestDelegate next)
    {
        Interlocked.Increment(ref _count);
        try
        {
            await next(http);
        }
        finally
        {
            if (Interlocked.Decrement(ref _count) == 0)
            {
                Volatile.Read(ref _empty)?.TrySetResult();
            }
        }
    }

    /// <summary>Completes when none is left, or when waiting any longer makes no sense. To be called once nobody new can come.</summary>
    public Task EndAsync()
    {
        var empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _empty, empty);
        if (Volatile.Read(ref _count) == 0)
        {
            empty.TrySetResult();
        }

        return Task.WhenAny(empty.Task, Task.Delay(Patience));
    }
}
