using System.Collections.Immutable;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Storage;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// The evidence that calls can name. Signatures are verified once, when evidence is posted or loaded; time, scope and revocation are
/// looked at for every call. Thread-safe: readers take one immutable snapshot, <see cref="EvidenceIntake"/> alone replaces it.
/// </summary>
internal sealed class EvidenceCatalog
{
    private volatile EvidenceSnapshot _current;

    private EvidenceCatalog(TrustedIssuers issuers, EvidenceLimits limits, EvidenceSnapshot snapshot)
    {
        Issuers = issuers;
        Limits = limits;
        _current = snapshot;
    }

    /// <summary>The keys of the agreement that evidence is verified against.</summary>
    public TrustedIssuers Issuers { get; }

    public EvidenceLimits Limits { get; }

    public EvidenceSnapshot Current => _current;

    /// <summary>A catalog without evidence.</summary>
    public static EvidenceCatalog Empty(TrustedIssuers issuers, EvidenceLimits? limits = null) =>
        new(issuers, limits ?? new(), EvidenceSnapshot.Empty);

    /// <summary>Everything that was ever posted, verified anew: the agreement may trust other keys than it did then.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public static async Task<EvidenceCatalog> LoadAsync(
        Store store, TrustedIssuers issuers, EvidenceLimits limits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (envelopes, revocations) = await store.ReadAsync(EvidenceTables.All, cancellationToken);

        // Revocations first, as they were accepted: a key that the agreement no longer lists cannot sign, but what it took back stays so.
        var snapshot = EvidenceSnapshot.Empty;
        foreach (var (digest, party) in revocations)
        {
            snapshot = snapshot.WithRevoked([digest], party);
        }

        foreach (var envelope in envelopes)
        {
            snapshot = Load(snapshot, envelope, issuers, limits, now);
        }

        return new(issuers, limits, snapshot);
    }

    /// <summary>The evidence on which a call may rely, of what it names; the first piece that does not hold is the fault.</summary>
    public NamedEvidence Resolve(ImmutableArray<EvidenceId> named, EvidenceUse use, DateTimeOffset now)
    {
        if (named.IsEmpty)
        {
            return NamedEvidence.None;
        }

        var snapshot = _current;
        var datasets = ImmutableArray.CreateBuilder<VerifiedStatement>();
        VerifiedStatement? authority = null;
        foreach (var id in named)
        {
            switch (snapshot.Resolve(id, use, now))
            {
                case EvidenceOutcome.Invalid(var fault):
                    return NamedEvidence.Failed(id, fault);

                // A statement named in two envelopes is one statement: its persons count once.
                case EvidenceOutcome.Valid({ Predicate: DatasetProvenance } statement):
                    if (!datasets.Any(d => d.StatementDigest == statement.StatementDigest))
                    {
                        datasets.Add(statement);
                    }

                    break;

                case EvidenceOutcome.Valid({ Predicate: Authority } statement):
                    if (authority is not null && authority.StatementDigest != statement.StatementDigest)
                    {
                        return NamedEvidence.Failed(
                            id, new(EvidenceCause.TooMuch, "A call rests on one authority; name the one that it is made under."));
                    }

                    authority = statement;
                    break;

                default:
                    return NamedEvidence.Failed(id, new(EvidenceCause.OutOfScope, "A statement of this kind is not evidence for a call."));
            }
        }

        return new(datasets.ToImmutable(), authority, null);
    }

    internal void Publish(EvidenceSnapshot next) => _current = next;

    private static EvidenceSnapshot Load(
        EvidenceSnapshot snapshot, byte[] envelope, TrustedIssuers issuers, EvidenceLimits limits, DateTimeOffset now)
    {
        var id = EvidenceId.Of(envelope);
        var outcome = EvidenceVerifier.Authenticate(envelope, issuers);
        if (outcome is EvidenceOutcome.Invalid(var fault))
        {
            return snapshot.WithDead(id, fault);
        }

        var statement = ((EvidenceOutcome.Valid)outcome).Statement;

        // What expired, or is beyond a limit that was lowered, is known by its fault alone: its chunks are never looked at again.
        return statement.FaultAt(now) is { Cause: EvidenceCause.Expired } expired ? snapshot.WithDead(id, expired)
            : EvidenceIntake.FaultOfSize(snapshot, statement, limits) is { } tooMuch ? snapshot.WithDead(id, tooMuch)
            : snapshot.With(statement);
    }
}
