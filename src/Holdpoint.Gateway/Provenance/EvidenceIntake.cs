using System.Collections.Immutable;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// Takes posted envelopes: verifies them, makes them durable, then lets calls name them, in this order. One at a time; thread-safe.
/// </summary>
internal sealed class EvidenceIntake(Func<EvidenceCatalog> current, Store store, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Accepts an envelope. The same bytes again are accepted again and change nothing.</summary>
    /// <param name="envelope">The bytes exactly as posted. They are copied.</param>
    /// <param name="cancellationToken">Ends the waiting for other postings; what has begun is finished.</param>
    /// <exception cref="StoreUnavailableException">It could not be made durable, and is not accepted.</exception>
    public async Task<IntakeOutcome> AcceptAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        // Outside the gate: verification is most of the work, and needs nothing but the issuers.
        var outcome = EvidenceVerifier.Authenticate(envelope, current().Issuers);
        if (outcome is EvidenceOutcome.Invalid(var invalid))
        {
            return new IntakeOutcome.Refused(invalid);
        }

        var statement = ((EvidenceOutcome.Valid)outcome).Statement;
        if (statement.Predicate is Approval)
        {
            return new IntakeOutcome.Refused(new(EvidenceCause.OutOfScope, "An approval is posted to the hold that it is of."));
        }

        if (statement.Predicate is Proof)
        {
            return new IntakeOutcome.Refused(new(EvidenceCause.OutOfScope, "A proof lies in the folder of the agreement that it is of."));
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            var catalog = current();
            var snapshot = catalog.Current;
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

            // Not to be cancelled half way: what is durable must be in force, above all a revocation.
            var bytes = envelope.ToArray();
            await store.WriteAsync(
                connection => EvidenceTables.Insert(connection, statement.Id, bytes, revoked, statement.Issuer.Party),
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
    public async Task<IDisposable> PauseAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        return new Pause(_one);
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
