using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Holds;

/// <summary>Ends overdue holds, so that it is recorded and their content deleted also when nobody asks for them.</summary>
internal sealed partial class HoldSweep : IAsyncDisposable
{
    /// <summary>The time between two sweeps. Every use of a hold checks that it is not over; a sweep only cleans up.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly HoldBook _book;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public HoldSweep(HoldBook book, TimeProvider time, ILogger<HoldSweep> logger)
    {
        _book = book;
        _logger = logger;
        _running = RunAsync(new PeriodicTimer(Interval, time));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    await timer.WaitForNextTickAsync(_stop.Token);
                    await _book.SweepAsync(_stop.Token);
                }
                catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception e) when (e is RecordUnavailableException or StoreUnavailableException)
                {
                    // The store tells its own failures; the next round tries again.
                    LogNotSwept();
                }
            }
        }
    }

    [LoggerMessage(EventId = 9101, Level = LogLevel.Warning, Message = "Overdue holds could not be ended; trying again")]
    private partial void LogNotSwept();
}
