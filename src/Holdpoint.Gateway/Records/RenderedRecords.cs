namespace Holdpoint.Gateway.Records;

/// <summary>
/// The memory of rendered records, lent from a record's rendering until its transaction has ended. It is the log's own, not a pool shared
/// with the rest of the process, because disclosures are private. Thread-safe.
/// </summary>
internal sealed class RenderedRecords
{
    // As many as one transaction takes; 4 KiB each. What waits beyond that is made anew.
    private const int MaxKept = 1_024;

    // An ordinary record never grows its memory past this; the rare one that did leaves it to the collector.
    private const int MaxKeptBytes = 64 << 10;

    private readonly Stack<RenderedRecord> _free = [];
    private readonly Lock _lock = new();

    /// <summary>One that nobody else has, to be rendered and given back.</summary>
    public RenderedRecord Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out var free))
            {
                return free;
            }
        }

        return new RenderedRecord();
    }

    /// <summary>Takes it back; its content is gone, and whoever gave it back must not use it again.</summary>
    public void Return(RenderedRecord record)
    {
        record.Clear();
        if (record.Capacity > MaxKeptBytes)
        {
            return;
        }

        lock (_lock)
        {
            if (_free.Count < MaxKept)
            {
                _free.Push(record);
            }
        }
    }
}
