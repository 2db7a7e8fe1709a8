using Holdpoint.Gateway.Records;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Holds;

internal sealed partial class HoldBook
{
    /// <summary>Lets this request, and no other, release the hold; the record of the decision that permits it is then durable.</summary>
    /// <param name="release">What people approved.</param>
    /// <param name="decision">The record of the decision.</param>
    /// <param name="isUnseen">
    /// Whether the provider runs a tool of the request, so that what was approved happens where the gateway does not see it. Then a
    /// release that a crash left behind has been used.
    /// </param>
    /// <returns>
    /// The record's index; or why this request does not release it: somebody else was first, or the hold ended meanwhile.
    /// </returns>
    /// <exception cref="RecordUnavailableException">It could not be made durable: nothing is released.</exception>
    public async Task<(long Record, Fault? Fault)> ClaimAsync(HoldRelease release, RecordDraft decision, bool isUnseen)
    {
        if (await TryClaimAsync(release, decision, isUnseen) is { } record)
        {
            return (record, null);
        }

        var hold = await FindAsync(release.Hold.Id, CancellationToken.None);
        return (0, hold is null ? HoldFaults.Unknown : HoldFaults.Of(hold, _time.GetUtcNow()) ?? HoldFaults.Releasing);
    }

    private async Task<long?> TryClaimAsync(HoldRelease release, RecordDraft decision, bool isUnseen)
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
                (connection, _) => HoldTables.Claim(connection, id, now, isUnseen));
            if (record is not null)
            {
                release.Become(ReleaseState.Claimed);
            }

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
        if (release.State != ReleaseState.Claimed)
        {
            return;
        }

        if (!await TryUseAsync(release.Hold, release.Relies))
        {
            throw new RecordUnavailableException(RecordFault.StoreFailed);
        }

        release.Become(ReleaseState.Used);
    }

    /// <summary>
    /// Gives the approvals back when nothing came of the release, and uses them up when something may have; does nothing when they were
    /// used.
    /// </summary>
    public async Task GiveBackAsync(HoldRelease release)
    {
        if (release.State != ReleaseState.Claimed)
        {
            return;
        }

        release.Become(release.MayHaveHappened ? ReleaseState.Used : ReleaseState.Approved);
        try
        {
            await EndReleaseAsync(release.Hold, release.MayHaveHappened, release.Cause);
        }
        catch (RecordUnavailableException)
        {
            // The store is down, and tells that itself. From here nobody releases it, so the sweep ends the release once it can.
            _releasing.TryRemove(release.Hold.Id, out _);
        }
    }

    /// <summary>Ends what is overdue, and every release that nobody goes on with.</summary>
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
                await EndReleaseAsync(hold, hold.MayHaveHappened, cause: null);
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

    private async Task EndReleaseAsync(Hold hold, bool mayHaveHappened, string? cause)
    {
        if (mayHaveHappened)
        {
            // Whatever a reload took away meanwhile: it has happened.
            await TryUseAsync(hold, relies: null);
            return;
        }

        await _records.AppendWithAsync(
            StepOf(hold, HoldStep.Returned) with { Cause = cause },
            (connection, _) => HoldTables.Move(connection, hold.Id, HoldState.Releasing, HoldState.Open));
        _releasing.TryRemove(hold.Id, out _);
        _waiters.Wake(hold.Id);
    }

    private async Task<bool> TryUseAsync(Hold hold, IReliance? relies)
    {
        var used = await _records.AppendWithAsync(
            StepOf(hold, HoldStep.Used) with { Relies = relies },
            (connection, _) => HoldTables.Move(connection, hold.Id, HoldState.Releasing, HoldState.Used));
        if (used is null)
        {
            return false;
        }

        Ended(hold);
        return true;
    }
}
