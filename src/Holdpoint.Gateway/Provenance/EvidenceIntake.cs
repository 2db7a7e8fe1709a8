using System.Collections.Immutable;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// Takes posted envelopes: verifies them, makes them durable, then lets calls name them, in this order. One at a time; thread-safe.
/// </summary>
/// <param name="current">The catalog that calls name statements from.</param>
/// <param name="store">Where envelopes become durable.</param>
/// <param name="time">The clock.</param>
/// <param name="longestWait">How long a caller waits for the store; null for as long as for a record.</param>
internal sealed class EvidenceIntake(
    Func<EvidenceCatalog> current, Store store, TimeProvider time, TimeSpan? longestWait = null) : IDisposable
{
    private readonly TimeSpan _longestWait = longestWait ?? RecordLog.LongestWait;
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Accepts an envelope. The same bytes again are accepted again and change nothing.</summary>
    /// <param name="envelope">The bytes exactly as posted. They are copied.</param>
    /// <param name="cancellationToken">Ends the waiting for other postings; what has begun is finished.</param>
    /// <exception cref="StoreUnavailableException">It could not be made durable, and is not accepted.</exception>
    /// <exception cref="RecordUnavailableException">Whether it becomes durable is not known yet; if it does, it is in force.</exception>
    public async Task<IntakeOutcome> AcceptAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
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
            return await PublishAsync(statement, issuers, envelope.ToArray()).WaitAsync(_longestWait, CancellationToken.None);
        }
        catch (TimeoutException e)
        {
            throw new RecordUnavailableException(RecordFault.StoreFailed, e);
        }
    }

    // Entered by whoever calls it; left here.
    private async Task<IntakeOutcome> PublishAsync(VerifiedStatement statement, TrustedIssuers verifiedBy, byte[] envelope)
    {
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

            if (FaultOf(catalog, statement) is { } fault)
            {
                return new IntakeOutcome.Refused(fault);
            }

            if (snapshot.Find(statement.Id) is not null)
            {
                return new IntakeOutcome.Accepted(statement.Id, statement.Predicate.Type);
            }

            var revoked = ImmutableArray<Hash>.Empty;
            if (statement.Predicate is Revocation)
            {
                if (snapshot.Reach(statement) is not { } reach)
                {
                    return new IntakeOutcome.Refused(new(EvidenceCause.Untrusted, "A party revokes only its own statements."));
                }

                revoked = reach;
            }

            await store.WriteAsync(
                connection => EvidenceTables.Insert(connection, statement.Id, envelope, revoked, statement.Issuer.Party),
                CancellationToken.None);
            catalog.Publish(snapshot.With(statement).WithRevoked(revoked, statement.Issuer.Party));
            return new IntakeOutcome.Accepted(statement.Id, statement.Predicate.Type);
        }
        finally
        {
            _one.Release();
        }
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

    /// <summary>That there is no room for one more statement like this, or null.</summary>
    internal static EvidenceFault? FaultOfSize(EvidenceSnapshot snapshot, VerifiedStatement statement, EvidenceLimits limits) =>
        snapshot.Statements >= limits.Statements ? TooMuch("statements")
        : snapshot.ChunkDigests + EvidenceSnapshot.DigestsIn(statement) > limits.ChunkDigests ? TooMuch("chunk digests")
        : snapshot.EnvelopesOf(statement.StatementDigest) >= limits.EnvelopesPerStatement ? TooMuch("envelopes of this statement")
        : statement.Predicate is Revocation && snapshot.RevokedDigests + (2 * statement.Subjects.Length) > limits.RevokedDigests
            ? TooMuch("revocations")
        : null;

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

    private EvidenceFault? FaultOf(EvidenceCatalog catalog, VerifiedStatement statement) =>
        catalog.Current.RevocationOf(statement)
        ?? (statement.FaultAt(time.GetUtcNow()) is { Cause: not EvidenceCause.NotYetValid } untimely ? untimely : null)
        ?? (catalog.Current.Find(statement.Id) is null ? FaultOfSize(catalog.Current, statement, catalog.Limits) : null);

    private static EvidenceFault TooMuch(string what) =>
        new(EvidenceCause.TooMuch, $"This gateway keeps no more {what}.");

    private sealed class Pause(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
