using Holdpoint.Gateway.Records;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Hosting;

/// <summary>
/// The parts that were opened, to be closed in reverse order. One that fails to close does not keep the others open, and one that never
/// ends, such as a writer on a stuck disk, does not keep the process. Used by one thread at a time.
/// </summary>
/// <param name="logger">Told of each part that did not close.</param>
/// <param name="patience">The longest wait for one part; null for <see cref="LongestClosing"/>.</param>
internal sealed partial class OpenedParts(ILogger<OpenedParts> logger, TimeSpan? patience = null) : IAsyncDisposable
{
    /// <summary>
    /// As long as anybody waits for a record, and one second more. For each part: a receiver of telemetry that hangs must not cost the
    /// store the time in which it writes what it accepted.
    /// </summary>
    public static readonly TimeSpan LongestClosing = RecordLog.LongestWait + TimeSpan.FromSeconds(1);

    private readonly Stack<IAsyncDisposable> _parts = new();

    /// <summary>Takes a part over.</summary>
    public T Add<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>Takes over a part that closes without awaiting.</summary>
    public void Add(IDisposable part) => _parts.Push(new Closing(part));

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            try
            {
                // On a thread of its own: a part may block before it first awaits.
                await Task.Run(async () => await part.DisposeAsync(), CancellationToken.None).WaitAsync(patience ?? LongestClosing);
            }
            catch (Exception e)
            {
                // Boundary of a stop: the next part is closed whatever this one did. A message could quote what was read.
                LogNotClosed(part is Closing closing ? closing.Name : part.GetType().Name, e.GetType().Name);
            }
        }
    }

    [LoggerMessage(
        EventId = 9005, Level = LogLevel.Error,
        Message = "The stop did not close {Part} ({Reason}); what it still had to write may be lost")]
    private partial void LogNotClosed(string part, string reason);

    private sealed class Closing(IDisposable part) : IAsyncDisposable
    {
        public string Name => part.GetType().Name;

        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
