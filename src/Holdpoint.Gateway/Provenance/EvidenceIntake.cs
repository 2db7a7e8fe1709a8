using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// Takes posted envelopes: verifies them, makes them durable together with their record, then lets calls name them, in this order. One at a
/// time; thread-safe.
/// </summary>
/// <param name="current">The catalog that calls name statements from.</param>
/// <param name="records">Where envelopes and their records become durable.</param>
/// <param name="time">The clock.</param>
/// <param name="longestWait">How long a caller waits for the store; null for as long as for a record.</param>
internal sealed class EvidenceIntake(
    Func<EvidenceCatalog> current, RecordLog records, TimeProvider time, TimeSpan? longestWait = null) : IDisposable
{
    private readonly TimeSpan _longestWait = longestWait ?? RecordLog.LongestWait;
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Accepts an envelope. The same bytes again are accepted again and change nothing.</summary>
    /// <param name="envelope">The bytes exactly as posted. They are copied.</param>
    /// <param name="drafted">
    /// Gives, once its turn has come, the record of its being taken, apart from its id; it names whoever posted it.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting for other postings; what has begun is finished.</param>
    /// <exception cref="RecordUnavailableException">
    /// It could not be made durable, and is not accepted; or whether it becomes durable is not known yet, and if it does, it is in force.
    /// </exception>
    public async Task<IntakeOutcome> AcceptAsync(
        ReadOnlyMemory<byte> envelope, Func<RecordDraft> drafted, CancellationToken cancellationToken)
    {
        // Outside the gate: verification is most of the work, and what it refuses needs no turn.
        var issuers = current().Issuers;
        var (statement, unfit) = Authenticate(envelope, issuers);
        if (statement is null)
        {
            return new IntakeOutcome.Refused(unfit!);
        }

        await EnterAsync(cancellationToken);
        try
        {
            // Not to be given up half way: what is durable must be in force, above all a revocation. So a caller stops waiting, the taking
            // goes on, and nobody else takes anything before it has ended.
            return await PublishAsync(statement, issuers, envelope.ToArray(), drafted).WaitAsync(_longestWait, CancellationToken.None);
        }
        catch (TimeoutException e)
        {
            throw new RecordUnavailableException(RecordFault.StoreFailed, e);
        }
    }

    // Entered by whoever calls it; left here.
    private async Task<IntakeOutcome> PublishAsync(
        VerifiedStatement statement, TrustedIssuers verifiedBy, byte[] envelope, Func<RecordDraft> drafted)
    {
        RecordDraft record;
        try
        {
            // A reload takes its turn at the gate too: whoever waited for it is verified against the issuers that it brought.
            var catalog = current();
            var snapshot = catalog.Current;
            if (!ReferenceEquals(catalog.Issuers, verifiedBy))
            {
                var (again, unfit) = Authenticate(envelope, catalog.Issuers);
                if (again is null)
                {
                    return new IntakeOutcome.Refused(unfit!);
                }

                statement = again;
            }

            record = drafted();
            var (next, write, fault) = Step(catalog, statement, envelope, new(record.Deployment!, record.Principal!));
            if (fault is not null)
            {
                return new IntakeOutcome.Refused(fault);
            }

            record = record with { Evidence = [statement.Id.ToString()] };
            if (write is not null)
            {
                // Without a limit to the wait: whoever is told that it is not known yet must find it in force once it is durable.
                var index = await records.AppendWithAsync(
                    record,
                    (connection, _) =>
                    {
                        write(connection);
                        return true;
                    },
                    envelope.Length,
                    isPatient: true);
                catalog.Publish(next);
                return new IntakeOutcome.Accepted(statement.Id, statement.Predicate.Type, index!.Value);
            }
        }
        finally
        {
            _one.Release();
        }

        // It is known as it is, so nobody has to wait until this is recorded.
        return new IntakeOutcome.Accepted(statement.Id, statement.Predicate.Type, await records.AppendAsync(record));
    }

    /// <summary>Takes nothing more until what is returned is disposed, so that a catalog that is being loaded misses nothing.</summary>
    /// <exception cref="RecordUnavailableException">The store is stuck on a statement that is being taken.</exception>
    public async Task<IDisposable> PauseAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        return new Pause(_one);
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (!await _one.WaitAsync(_longestWait, cancellationToken))
        {
            throw new RecordUnavailableException(RecordFault.StoreFailed);
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>The evidence with one more envelope, and what to write of it: nothing where it is known as it is.</summary>
    private (EvidenceSnapshot Next, Action<StoreConnection>? Write, EvidenceFault? Fault) Step(
        EvidenceCatalog catalog, VerifiedStatement statement, byte[] envelope, Poster poster)
    {
        var (snapshot, limits, id) = (catalog.Current, catalog.Limits, statement.Id);
        if (FaultOf(snapshot, statement) is { } fault)
        {
            return (snapshot, null, fault);
        }

        if (statement.Predicate is Revocation)
        {
            var (added, notTaken) = EvidenceRevocation.Of(statement, snapshot, catalog.Issuers, limits);
            if (notTaken is not null || added.Digests.IsEmpty)
            {
                return (snapshot, null, notTaken);
            }

            var key = statement.Issuer.KeyDigest;
            return (
                snapshot.WithRevoked(added.Digests, key, statement.Issuer.Party, added.InAdvance).WithRevocation(id),
                connection =>
                {
                    EvidenceTables.Insert(connection, id, envelope);
                    EvidenceTables.InsertRevoked(connection, id, key, added.Digests);
                },
                null);
        }

        if (snapshot.Keeps(statement, poster))
        {
            return (snapshot, null, null);
        }

        if (snapshot.Has(statement))
        {
            var copy = new EvidenceCopy(id, statement.StatementDigest, poster);
            return (
                snapshot.WithCopy(copy, limits.CopiesPerPoster),
                connection => EvidenceTables.InsertCopy(connection, copy, limits.CopiesPerPoster),
                null);
        }

        return (
            snapshot.With(statement),
            connection => EvidenceTables.Insert(connection, id, envelope),
            snapshot.FaultOfSize(statement, limits));
    }

    private static (VerifiedStatement? Statement, EvidenceFault? Unfit) Authenticate(
        ReadOnlyMemory<byte> envelope, TrustedIssuers issuers) => EvidenceVerifier.Authenticate(envelope, issuers) switch
        {
            EvidenceOutcome.Valid({ Predicate: Approval }) =>
                (null, new(EvidenceCause.OutOfScope, "An approval must be posted to its hold.")),
            EvidenceOutcome.Valid({ Predicate: Proof }) =>
                (null, new(EvidenceCause.OutOfScope, "A proof belongs in the folder of its agreement.")),
            EvidenceOutcome.Valid(var statement) => (statement, null),
            EvidenceOutcome.Invalid(var fault) => (null, fault),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private EvidenceFault? FaultOf(EvidenceSnapshot snapshot, VerifiedStatement statement) =>
        snapshot.RevocationOf(statement)
        ?? (statement.FaultAt(time.GetUtcNow()) is { Cause: not EvidenceCause.NotYetValid } untimely ? untimely : null);

    private sealed class Pause(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
