using Holdpoint.Evidence.Predicates;
using Holdpoint.Gateway.Records;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Holds;

internal sealed partial class HoldBook
{
    /// <summary>Takes a signed approval or refusal.</summary>
    /// <returns>The hold after this approval, with its record; or the fault.</returns>
    /// <exception cref="RecordUnavailableException">It could not be made durable and does not count.</exception>
    public async Task<(HoldStanding? Standing, long Record, Fault? Fault)> TakeAsync(
        Reviewer reviewer, HoldId id, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var now = _time.GetUtcNow();
            if (await FindAsync(id, cancellationToken) is not { } hold)
            {
                return (null, 0, HoldFaults.NoSuchHold);
            }

            if (HoldFaults.Of(hold, now) is { } ended)
            {
                return (null, 0, ended);
            }

            var (statement, fault) = ApprovalRules.Verify(hold, envelope, reviewer.Bundle, now);
            if (statement is null)
            {
                return (null, 0, fault);
            }

            var (approval, person, bytes) = ((Approval)statement.Predicate, statement.Issuer.Person!, envelope.ToArray());
            var taken = await _store.ReadAsync(connection => HoldTables.Approvals(connection, id), cancellationToken);
            var standing = await StandingAsync(hold, reviewer.Bundle, cancellationToken);
            var step = StepOf(hold, approval.IsApproved ? HoldStep.Approved : HoldStep.Refused) with
            {
                Deployment = reviewer.Client.Deployment,
                Principal = reviewer.Client.Principal,
                Evidence = [statement.Id.ToString()],
                Status = HttpStatus.Created,
                Relies = reviewer.Relies,
            };
            if (!approval.IsApproved)
            {
                // Whoever could approve can refuse, also after having approved: that only tightens.
                if (await _records.AppendWithAsync(
                    step,
                    (connection, _) => HoldTables.IsOpen(connection, id, now)
                        && HoldTables.InsertApproval(connection, id, statement.Id, person, seat: null, bytes)
                        && HoldTables.Move(connection, id, HoldState.Open, HoldState.Refused)) is { } refused)
                {
                    Ended(hold);
                    return (standing with { Hold = hold with { State = HoldState.Refused } }, refused, null);
                }

                continue;
            }

            if (standing.Approvals.Any(other => other.Person == person))
            {
                return (null, 0, HoldFaults.Repeated);
            }

            if (!standing.Missing.Any(free => free.Kind == approval.Seat))
            {
                return (null, 0, HoldFaults.SeatFilled);
            }

            var seat = standing.Missing.First(free => free.Kind == approval.Seat);
            var dead = taken.Where(other => !standing.Approvals.Any(live => live.Id == other.Id)).ToList();
            if (await _records.AppendWithAsync(
                step with { Seats = [seat.ToString()] },
                (connection, _) =>
                {
                    dead.ForEach(other => HoldTables.DeleteApproval(connection, other.Id));
                    return HoldTables.IsOpen(connection, id, now)
                        && HoldTables.InsertApproval(connection, id, statement.Id, person, seat, bytes);
                }) is { } filled)
            {
                _waiters.Wake(id);
                return (standing with { Approvals = standing.Approvals.Add(new(statement.Id, person, seat, bytes)) }, filled, null);
            }
        }

        return (null, 0, HoldFaults.Releasing);
    }
}
