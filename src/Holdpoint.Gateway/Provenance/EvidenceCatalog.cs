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
        Store store, TrustedIssuers issuers, EvidenceLimits limits, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(issuers, limits, new EvidenceLoading(issuers, limits, now).Load(
            await store.ReadAsync(EvidenceTables.All, cancellationToken)));

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
}
