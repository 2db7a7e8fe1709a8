namespace Holdpoint.Gateway.Records;

/// <summary>
/// Records once a minute what is counted instead of recorded one by one, and the rest when the gateway stops: an append-only log must not
/// be filled by whoever makes requests, however many they are.
/// </summary>
internal sealed class MinuteReport : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly RecordLog _records;
    private readonly Action<MinuteReport> _report;
    private readonly ITimer _timer;

    /// <param name="records">The log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Calls <see cref="Tell"/> for each count.</param>
    public MinuteReport(RecordLog records, TimeProvider time, Action<MinuteReport> report)
    {
        _records = records;
        _report = report;
        _timer = time.CreateTimer(_ => _report(this), null, Interval, Interval);
    }

    /// <summary>Records a count, if there is any.</summary>
    /// <param name="draft">The record apart from the count.</param>
    /// <param name="take">Takes what was counted since the last time.</param>
    /// <param name="giveBack">Adds what could not be recorded, because too much waits for the store: the next minute counts it too.</param>
    public void Tell(RecordDraft draft, Func<long> take, Action<long> giveBack)
    {
        if (take() is > 0 and var requests && !_records.TryAppend(draft with { Requests = requests }))
        {
            giveBack(requests);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        _report(this);
    }
}
