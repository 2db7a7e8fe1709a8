using System.Collections.Immutable;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// Makes the catalog of what the store keeps, under the keys that one agreement lists: what another key signed, statement or revocation,
/// is not counted and takes no room. Belongs to one loading; not thread-safe.
/// </summary>
/// <param name="issuers">The keys of the agreement.</param>
/// <param name="limits">How much is kept.</param>
/// <param name="now">What has ended by then takes no room.</param>
internal sealed class EvidenceLoading(TrustedIssuers issuers, EvidenceLimits limits, DateTimeOffset now)
{
    private readonly Dictionary<Hash, Issuer> _revoking =
        issuers.All.Where(issuer => issuer.MayIssue(PredicateType.Revocation)).ToDictionary(issuer => issuer.KeyDigest);

    // What ended is never looked at again, and neither is a revocation of it.
    private readonly HashSet<Hash> _over = [];

    // The keys behind revocations from before their keys were stored.
    private readonly Dictionary<EvidenceId, Hash> _signers = [];

    private EvidenceSnapshot _snapshot = EvidenceSnapshot.Empty;

    public EvidenceSnapshot Load(StoredEvidence stored)
    {
        // A signature of a revocation whose key is stored was verified when it was taken, and need not be again: it can only tighten.
        var revocations = stored.Revocations.Where(row => row.Key is not null).Select(row => row.Evidence).ToHashSet();
        foreach (var envelope in stored.Envelopes)
        {
            var id = EvidenceId.Of(envelope);
            if (!revocations.Contains(id))
            {
                Take(id, envelope);
            }
        }

        foreach (var copy in stored.Copies)
        {
            _snapshot = _snapshot.WithCopy(copy, limits.CopiesPerPoster);
        }

        // In the end, when it is known what there is to revoke; no limit drops any.
        foreach (var row in stored.Revocations)
        {
            Revoke(row);
        }

        return _snapshot;
    }

    private void Take(EvidenceId id, byte[] envelope)
    {
        var outcome = EvidenceVerifier.Authenticate(envelope, issuers);
        if (outcome is EvidenceOutcome.Invalid(var fault))
        {
            _snapshot = _snapshot.WithDead(id, fault);
            return;
        }

        var statement = ((EvidenceOutcome.Valid)outcome).Statement;
        if (statement.Predicate is Revocation)
        {
            _signers[id] = statement.Issuer.KeyDigest;
            _snapshot = _snapshot.WithRevocation(id);
        }
        else if (statement.FaultAt(now) is { Cause: EvidenceCause.Expired } expired)
        {
            // Known by its fault alone: its chunks are never looked at again.
            _over.UnionWith([id.Digest, statement.CanonicalId.Digest, statement.StatementDigest]);
            _snapshot = _snapshot.WithDead(id, expired).WithDead(statement.CanonicalId, expired);
        }
        else if (_snapshot.Has(statement))
        {
            _snapshot = _snapshot.WithCopy(id, statement.StatementDigest);
        }
        else
        {
            _snapshot = _snapshot.FaultOfSize(statement, limits) is { } tooMuch
                ? _snapshot.WithDead(id, tooMuch)
                : _snapshot.With(statement);
        }
    }

    private void Revoke(StoredRevocation row)
    {
        var key = row.Key ?? _signers.GetValueOrDefault(row.Evidence);
        if (!_revoking.TryGetValue(key, out var issuer) || _over.Contains(row.Digest))
        {
            return;
        }

        if (!_snapshot.IsRevokedBy(row.Digest, key))
        {
            var isHere = _snapshot.Named(row.Digest) is not null || EvidenceRevocation.IsKeyOf(issuer.Party, row.Digest, issuers);
            _snapshot = _snapshot.WithRevoked([row.Digest], key, issuer.Party, isHere ? 0 : 1);
        }

        _snapshot = _snapshot.WithRevocation(row.Evidence);
    }
}
