namespace Holdpoint.Gateway.Budget;

/// <summary>
/// The bytes of content that are in memory now: request bodies, answers, recorded streams, and what screens them. Nobody waits for room:
/// who finds none is told at once. Lives as long as the process; thread-safe, without a lock.
/// </summary>
internal sealed class ContentBudget
{
    /// <summary>
    /// How far approvals and posted evidence may go beyond what calls may take, so that a full gateway can still be operated. 16 MiB: over
    /// a hundred of the largest approvals at once, and some envelopes of the largest size.
    /// </summary>
    public const long ControlBytes = 16 * 1024 * 1024;

    private long _used;

    public long Used => Volatile.Read(ref _used);

    /// <summary>Takes all of <paramref name="bytes"/>, or nothing where more than <paramref name="most"/> would be in use.</summary>
    /// <remarks>
    /// An attempt that fails is visible to others for a moment, so that one of them may fail beside it: it errs to the safe side.
    /// </remarks>
    public bool TryTake(long bytes, long most)
    {
        if (Interlocked.Add(ref _used, bytes) <= most)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _used, -bytes);
}
