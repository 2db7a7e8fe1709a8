using System.Collections.Immutable;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// All evidence at one moment: statements by the id of their envelope, and what was revoked by which party. Immutable, so a call that took
/// it once sees the same evidence throughout.
/// </summary>
internal sealed record EvidenceSnapshot
{
    private static readonly EvidenceFault UnknownFault = new(EvidenceCause.Unknown, "No such evidence was posted to this gateway.");
    private static readonly EvidenceFault RevokedFault = new(EvidenceCause.Revoked, "Its issuer's party revoked it.");

    private EvidenceSnapshot()
    {
    }

    public static EvidenceSnapshot Empty { get; } = new();

    /// <summary>Chunk digests of all statements.</summary>
    public long ChunkDigests { get; private init; }

    public int Statements => ById.Count;

    public int RevokedDigests => Revoked.Count;

    private ImmutableDictionary<EvidenceId, VerifiedStatement> ById { get; init; } =
        ImmutableDictionary<EvidenceId, VerifiedStatement>.Empty;

    /// <summary>Posted evidence that can no longer hold, and why: a call that names it learns more than "unknown".</summary>
    private ImmutableDictionary<EvidenceId, EvidenceFault> Dead { get; init; } = ImmutableDictionary<EvidenceId, EvidenceFault>.Empty;

    /// <summary>The envelopes of each statement, by its digest.</summary>
    private ImmutableDictionary<Hash, ImmutableArray<EvidenceId>> Envelopes { get; init; } =
        ImmutableDictionary<Hash, ImmutableArray<EvidenceId>>.Empty;

    /// <summary>The parties that revoked an envelope's or a statement's digest; only the party that issued it counts.</summary>
    private ImmutableDictionary<Hash, ImmutableHashSet<string>> Revoked { get; init; } =
        ImmutableDictionary<Hash, ImmutableHashSet<string>>.Empty;

    /// <summary>The statement posted under an id, whether or not it holds; null when there is none that could.</summary>
    public VerifiedStatement? Find(EvidenceId id) => ById.GetValueOrDefault(id);

    public int EnvelopesOf(Hash statement) => Envelopes.TryGetValue(statement, out var ids) ? ids.Length : 0;

    /// <summary>The statement that a call may rely on, or why it may not.</summary>
    public EvidenceOutcome Resolve(EvidenceId id, EvidenceUse use, DateTimeOffset now)
    {
        if (Find(id) is not { } statement)
        {
            return new EvidenceOutcome.Invalid(Dead.GetValueOrDefault(id, UnknownFault));
        }

        var fault = RevocationOf(statement) ?? statement.FaultFor(use, now);
        return fault is null ? new EvidenceOutcome.Valid(statement) : new EvidenceOutcome.Invalid(fault);
    }

    /// <summary>That the statement was revoked, or null.</summary>
    /// <remarks>A revocation can also name a key, by its key id: then all that the key signed is revoked (ADR 0143).</remarks>
    public EvidenceFault? RevocationOf(VerifiedStatement statement) =>
        IsRevoked(statement.Id.Digest, statement.Issuer.Party)
        || IsRevoked(statement.StatementDigest, statement.Issuer.Party)
        || IsRevoked(Hash.Of(statement.Issuer.Key.Bytes), statement.Issuer.Party)
            ? RevokedFault
            : null;

    /// <summary>
    /// Every digest that a revocation by this party reaches: those it names, and the statements in the envelopes it names.
    /// </summary>
    /// <returns>Null when it names a statement of another party.</returns>
    public ImmutableArray<Hash>? Reach(VerifiedStatement revocation)
    {
        var digests = ImmutableArray.CreateBuilder<Hash>();
        foreach (var subject in revocation.Subjects)
        {
            digests.Add(subject.Digest);
            var named = Find(new(subject.Digest))
                ?? (Envelopes.TryGetValue(subject.Digest, out var ids) ? Find(ids[0]) : null);
            if (named is null)
            {
                continue; // not posted yet: only the digest itself is revoked
            }

            if (named.Issuer.Party != revocation.Issuer.Party)
            {
                return null;
            }

            digests.Add(named.StatementDigest);
        }

        return digests.ToImmutable();
    }

    public EvidenceSnapshot With(VerifiedStatement statement)
    {
        var known = Envelopes.GetValueOrDefault(statement.StatementDigest, []);
        return this with
        {
            ById = ById.Add(statement.Id, statement),
            Envelopes = Envelopes.SetItem(statement.StatementDigest, known.Add(statement.Id)),
            ChunkDigests = ChunkDigests + DigestsIn(statement),
        };
    }

    public EvidenceSnapshot WithDead(EvidenceId id, EvidenceFault fault) => this with { Dead = Dead.SetItem(id, fault) };

    public EvidenceSnapshot WithRevoked(ImmutableArray<Hash> digests, string party)
    {
        var revoked = Revoked;
        foreach (var digest in digests)
        {
            revoked = revoked.SetItem(digest, revoked.GetValueOrDefault(digest, []).Add(party));
        }

        return this with { Revoked = revoked };
    }

    public static int DigestsIn(VerifiedStatement statement) =>
        statement.Predicate is DatasetProvenance dataset ? dataset.Chunks.Digests.Length : 0;

    private bool IsRevoked(Hash digest, string party) => Revoked.TryGetValue(digest, out var parties) && parties.Contains(party);
}
