using System.Collections.Immutable;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// All evidence at one moment: statements by the ids of their envelopes, and what was revoked by which key. Immutable, so a call that took
/// it once sees the same evidence throughout.
/// </summary>
internal sealed record EvidenceSnapshot
{
    private static readonly EvidenceFault UnknownFault = new(EvidenceCause.Unknown, "No such evidence was posted to this gateway.");
    private static readonly EvidenceFault RevocationFault =
        new(EvidenceCause.OutOfScope, "A revocation is not evidence for a call.");

    private static readonly EvidenceFault RevokedFault = new(EvidenceCause.Revoked, "Its issuer's party revoked it.");

    private EvidenceSnapshot()
    {
    }

    public static EvidenceSnapshot Empty { get; } = new();

    /// <summary>The number of statements that could hold, however many envelopes each came in.</summary>
    public int Statements => ByDigest.Count;

    /// <summary>
    /// Each statement under every id that a call can name it by: of the envelope that was posted first, of its canonical one, and of the
    /// <see cref="Copies"/>.
    /// </summary>
    private ImmutableDictionary<EvidenceId, VerifiedStatement> ById { get; init; } =
        ImmutableDictionary<EvidenceId, VerifiedStatement>.Empty;

    /// <summary>Each statement once, by its digest.</summary>
    private ImmutableDictionary<Hash, VerifiedStatement> ByDigest { get; init; } = ImmutableDictionary<Hash, VerifiedStatement>.Empty;

    private EvidenceCopies Copies { get; init; } = EvidenceCopies.None;

    /// <summary>Posted evidence that can no longer hold, and why: a call that names it learns more than "unknown".</summary>
    private ImmutableDictionary<EvidenceId, EvidenceFault> Dead { get; init; } = ImmutableDictionary<EvidenceId, EvidenceFault>.Empty;

    /// <summary>What each party has in the catalog.</summary>
    private ImmutableDictionary<string, Room> Rooms { get; init; } = ImmutableDictionary<string, Room>.Empty;

    /// <summary>
    /// The keys that revoked an envelope's, a statement's or a key's digest; only a revocation by the party that issued it counts.
    /// </summary>
    private ImmutableDictionary<Hash, ImmutableArray<Revoker>> Revoked { get; init; } =
        ImmutableDictionary<Hash, ImmutableArray<Revoker>>.Empty;

    /// <summary>How many digests of nothing here each key has revoked.</summary>
    private ImmutableDictionary<Hash, int> InAdvance { get; init; } = ImmutableDictionary<Hash, int>.Empty;

    /// <summary>The statement posted under an id, whether or not it holds; null when there is none that could.</summary>
    public VerifiedStatement? Find(EvidenceId id) => ById.GetValueOrDefault(id);

    /// <summary>Whether the statement is here, whatever bytes it came in.</summary>
    public bool Has(VerifiedStatement statement) => ByDigest.ContainsKey(statement.StatementDigest);

    /// <summary>Whether the id of the envelope stays known whatever others post: there is nothing to add for this poster.</summary>
    public bool Keeps(VerifiedStatement statement, Poster poster) =>
        ById.TryGetValue(statement.Id, out var known)
        && (IsItsOwn(known) || !Copies.Keep(statement.Id) || Copies.Keep(statement.Id, poster));

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
        || IsRevoked(statement.CanonicalId.Digest, statement.Issuer.Party)
        || IsRevoked(statement.StatementDigest, statement.Issuer.Party)
        || IsRevoked(statement.Issuer.KeyDigest, statement.Issuer.Party)
            ? RevokedFault
            : null;

    /// <summary>The statement that a digest names, of an envelope or of the statement itself; null when it is of nothing here.</summary>
    public VerifiedStatement? Named(Hash digest) => ByDigest.GetValueOrDefault(digest) ?? Find(new(digest));

    /// <summary>Whether this very key has revoked the digest.</summary>
    public bool IsRevokedBy(Hash digest, Hash key) => Revoked.TryGetValue(digest, out var by) && by.Any(one => one.Key == key);

    /// <summary>How many digests of nothing here the key has revoked.</summary>
    public int RevokedInAdvanceBy(Hash key) => InAdvance.GetValueOrDefault(key);

    /// <summary>That the statement's party has no room for it, or null.</summary>
    public EvidenceFault? FaultOfSize(VerifiedStatement statement, EvidenceLimits limits)
    {
        var room = Rooms.GetValueOrDefault(statement.Issuer.Party);
        return room.Statements >= limits.Statements ? TooMuch("statements")
            : room.ChunkDigests + DigestsIn(statement) > limits.ChunkDigests ? TooMuch("chunk digests")
            : null;
    }

    /// <summary>With a statement that is not here in any envelope.</summary>
    public EvidenceSnapshot With(VerifiedStatement statement)
    {
        var room = Rooms.GetValueOrDefault(statement.Issuer.Party);
        return this with
        {
            ById = ById.SetItem(statement.Id, statement).SetItem(statement.CanonicalId, statement.Under(statement.CanonicalId)),
            ByDigest = ByDigest.Add(statement.StatementDigest, statement),
            Rooms = Rooms.SetItem(
                statement.Issuer.Party, new(room.Statements + 1, room.ChunkDigests + DigestsIn(statement))),
        };
    }

    /// <summary>With one more envelope of a statement that is here, kept for as long as it is here.</summary>
    public EvidenceSnapshot WithCopy(EvidenceId id, Hash statement) =>
        ById.ContainsKey(id) ? this : this with { ById = ById.Add(id, ByDigest[statement].Under(id)) };

    /// <summary>With one more envelope of a statement, kept for whoever posted it; the statement need not be here.</summary>
    /// <param name="copy">The envelope.</param>
    /// <param name="most">Most such envelopes that are kept for one poster; one more, and its oldest is forgotten.</param>
    public EvidenceSnapshot WithCopy(EvidenceCopy copy, int most)
    {
        var copies = Copies.With(copy.Id, copy.Poster, most, out var forgotten);
        var byId = ByDigest.TryGetValue(copy.Statement, out var statement) ? ById.SetItem(copy.Id, statement.Under(copy.Id)) : ById;
        var isGone = forgotten is { } oldest && byId.TryGetValue(oldest, out var known) && !IsItsOwn(known);
        return this with { Copies = copies, ById = isGone ? byId.Remove(forgotten!.Value) : byId };
    }

    public EvidenceSnapshot WithDead(EvidenceId id, EvidenceFault fault) => this with { Dead = Dead.SetItem(id, fault) };

    /// <summary>With an envelope that holds a revocation, which is no evidence for a call.</summary>
    public EvidenceSnapshot WithRevocation(EvidenceId id) => WithDead(id, RevocationFault);

    /// <summary>With digests that the key of an issuer revoked, and has not revoked before.</summary>
    /// <param name="digests">The digests.</param>
    /// <param name="key">The key's digest.</param>
    /// <param name="party">The party that the key is of.</param>
    /// <param name="inAdvance">How many of them are of nothing here.</param>
    public EvidenceSnapshot WithRevoked(ImmutableArray<Hash> digests, Hash key, string party, int inAdvance)
    {
        var revoked = Revoked;
        foreach (var digest in digests)
        {
            revoked = revoked.SetItem(digest, revoked.GetValueOrDefault(digest, []).Add(new(party, key)));
        }

        return this with { Revoked = revoked, InAdvance = InAdvance.SetItem(key, RevokedInAdvanceBy(key) + inAdvance) };
    }

    public static EvidenceFault TooMuch(string what) => new(EvidenceCause.TooMuch, $"This gateway keeps no more {what} of this party.");

    private static int DigestsIn(VerifiedStatement statement) =>
        statement.Predicate is DatasetProvenance dataset ? dataset.Chunks.Digests.Length : 0;

    // By an id of its own a statement is known as long as it is here; by a copy's, as long as whoever posted that keeps it.
    private bool IsItsOwn(VerifiedStatement known) =>
        known.Id == known.CanonicalId || ByDigest[known.StatementDigest].Id == known.Id;

    private bool IsRevoked(Hash digest, string party) => Revoked.TryGetValue(digest, out var by) && by.Any(one => one.Party == party);

    private readonly record struct Room(int Statements, long ChunkDigests);

    private readonly record struct Revoker(string Party, Hash Key);
}
