using Holdpoint.Gateway.Records;

namespace Holdpoint.Gateway.Identity;

/// <summary>Writes once a minute how many requests came without a known key, if any did, and the rest when the gateway stops.</summary>
internal sealed class UnidentifiedReport : IAsyncDisposable
{
    /// <summary>A minute: a stranger must not fill an append-only log, however many requests arrive.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly UnidentifiedTraffic _traffic;
    private readonly RecordLog _records;
    private readonly ITimer _timer;

    public UnidentifiedReport(UnidentifiedTraffic traffic, RecordLog records, TimeProvider time)
    {
        _traffic = traffic;
        _records = records;
        _timer = time.CreateTimer(_ => Report(), null, Interval, Interval);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Report();
    }

    private void Report()
    {
        if (_traffic.Take() is > 0 and var requests && !_records.TryAppend(new() { Kind = RecordKind.Unidentified, Requests = requests }))
        {
            // Too much waits for the store: the next minute's record will count these as well.
            _traffic.GiveBack(requests);
        }
    }
}
