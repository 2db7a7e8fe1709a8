using Holdpoint.Gateway.Records;

namespace Holdpoint.Gateway.Holds;

internal sealed partial class HoldBook
{
    /// <summary>Lets this request, and no other, release the hold; the record of the decision that permits it is then durable.</summary>
    /// <returns>The record's index; null when somebody else was first, or it ended meanwhile.</returns>
    public async Task<long?> ClaimAsync(HoldRelease release, RecordDraft decision)
    {
        var id = release.Hold.Id;
        var now = _time.GetUtcNow();

        // First, so that the sweep never takes a release that begins for one that a crash left behind.
        if (!_releasing.TryAdd(id, 0))
        {
            return null;
        }

        long? record = null;
        try
        {
            record = await _records.AppendWithAsync(
                decision with
                {
                    Hold = id.ToString(),
                    Step = HoldStep.Released,
                    Seats = [.. release.Filled.Select(seat => seat.ToString())],
                    About = release.Hold.Record,
                },
                (connection, _) => HoldTables.IsOpen(connection, id, now) && HoldTables.Move(connection, id, HoldState.Open, HoldState.Releasing));
            release.IsClaimed = record is not null;
            return record;
        }
        finally
        {
            if (record is null)
            {
                _releasing.TryRemove(id, out _);
            }
        }
    }

    /// <summary>Uses the approvals up: what was approved is about to happen.</summary>
    /// <exception cref="RecordUnavailableException">It could not be made durable: it must not happen.</exception>
    public async Task UseAsync(HoldRelease release)
    {
        if (!release.IsClaimed || release.IsUsed)
        {
            return;
        }

        if (await _records.AppendWithAsync(
            StepOf(release.Hold, HoldStep.Used),
            (connection, _) => HoldTables.Move(connection, release.Hold.Id, HoldState.Releasing, HoldState.Used)) is null)
        {
            throw new RecordUnavailableException(RecordFault.StoreFailed);
        }

        release.IsUsed = true;
        Ended(release.Hold);
    }

    /// <summary>Gives the approvals back when nothing came of the release; does nothing when they were used.</summary>
    public async Task GiveBackAsync(HoldRelease release, string? cause)
    {
        if (!release.IsClaimed || release.IsUsed)
        {
            return;
        }

        release.IsClaimed = false;
        try
        {
            await ReturnAsync(release.Hold, cause);
        }
        catch (RecordUnavailableException)
        {
            // The store is down, and tells that itself. From here nobody releases it, so the sweep gives it back once it can.
            _releasing.TryRemove(release.Hold.Id, out _);
        }
    }

    /// <summary>Ends what is overdue, and gives back what nobody releases any more.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        const int Most = 1_000;
        var now = _time.GetUtcNow();
        foreach (var hold in await _store.ReadAsync(connection => HoldTables.Overdue(connection, now, Most), cancellationToken))
        {
            await ExpireAsync(hold);
        }

        foreach (var hold in await _store.ReadAsync(HoldTables.Releasing, cancellationToken))
        {
            if (!_releasing.ContainsKey(hold.Id))
            {
                await ReturnAsync(hold, cause: null);
            }
        }
    }

    private async Task ExpireAsync(Hold hold)
    {
        if (await _records.AppendWithAsync(
            StepOf(hold, HoldStep.Expired),
            (connection, _) => HoldTables.Move(connection, hold.Id, HoldState.Open, HoldState.Expired)) is not null)
        {
            Ended(hold);
        }
    }

    private async Task ReturnAsync(Hold hold, string? cause)
    {
        await _records.AppendWithAsync(
            StepOf(hold, HoldStep.Returned) with { Cause = cause },
            (connection, _) => HoldTables.Move(connection, hold.Id, HoldState.Releasing, HoldState.Open));
        _releasing.TryRemove(hold.Id, out _);
        _waiters.Wake(hold.Id);
    }
}
