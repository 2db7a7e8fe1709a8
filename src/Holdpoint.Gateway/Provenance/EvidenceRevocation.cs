using System.Collections.Immutable;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// What a posted revocation adds to what its key has revoked before. What it names and is here (a statement of its party, or one of its
/// party's keys) is taken whatever else there is: only digests of nothing here need room, and that is the key's own (ADR 0033).
/// </summary>
/// <param name="Digests">What is revoked now and was not; empty when the revocation changes nothing.</param>
/// <param name="InAdvance">How many of them are of nothing here.</param>
internal readonly record struct EvidenceRevocation(ImmutableArray<Hash> Digests, int InAdvance)
{
    /// <summary>Finds what a revocation reaches; or why it is not taken.</summary>
    public static (EvidenceRevocation Added, EvidenceFault? Fault) Of(
        VerifiedStatement revocation, EvidenceSnapshot snapshot, TrustedIssuers issuers, EvidenceLimits limits)
    {
        var (party, key) = (revocation.Issuer.Party, revocation.Issuer.KeyDigest);
        var digests = new HashSet<Hash>();
        var inAdvance = 0;
        foreach (var subject in revocation.Subjects)
        {
            var named = snapshot.Named(subject.Digest);
            if (named is not null && named.Issuer.Party != party)
            {
                return (default, new(EvidenceCause.Untrusted, "A party revokes only its own statements."));
            }

            // A statement that is here is revoked in every envelope; of one that is not posted yet, the digest itself.
            var digest = named?.StatementDigest ?? subject.Digest;
            if (!snapshot.IsRevokedBy(digest, key) && digests.Add(digest) && named is null && !IsKeyOf(party, digest, issuers))
            {
                inAdvance++;
            }
        }

        // As many as it names that are here ride along: `attest` names each statement by two digests, of which one may be known.
        var room = Math.Max(limits.RevokedInAdvance - snapshot.RevokedInAdvanceBy(key), digests.Count - inAdvance);
        return inAdvance > room
            ? (default, new(EvidenceCause.TooMuch, "This key has revoked as much in advance as this gateway keeps."))
            : (new([.. digests], inAdvance), null);
    }

    /// <summary>Whether a digest is the key id of one of the party's keys.</summary>
    public static bool IsKeyOf(string party, Hash digest, TrustedIssuers issuers) =>
        issuers.All.Any(issuer => issuer.KeyDigest == digest && issuer.Party == party);
}
