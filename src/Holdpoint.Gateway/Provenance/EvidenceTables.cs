using System.Collections.Immutable;
using Holdpoint.Evidence;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Provenance;

/// <summary>The tables of posted evidence and every statement that is run on them.</summary>
internal static class EvidenceTables
{
    /// <remarks><c>evidence</c> keeps envelopes as they were posted, expired ones too: records name them.</remarks>
    public static Migration Create { get; } = new(2, "evidence", """
        CREATE TABLE evidence (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, envelope BLOB NOT NULL);
        CREATE TABLE revocation (digest BLOB NOT NULL, party TEXT NOT NULL, evidence BLOB NOT NULL, PRIMARY KEY (digest, party));
        """);

    /// <remarks>
    /// <c>revocation</c> keeps what accepted revocations reached, by the key that signed them, so that it goes with the key; rows from
    /// before have an empty key, and the envelope says whose it is. <c>evidence_copy</c> keeps the ids of further envelopes of statements,
    /// by whoever posted them.
    /// </remarks>
    public static Migration ByKey { get; } = new(4, "evidence by key and poster", """
        CREATE TABLE revocation_by_key (
          digest BLOB NOT NULL, key BLOB NOT NULL, evidence BLOB NOT NULL, PRIMARY KEY (digest, key, evidence));
        INSERT INTO revocation_by_key (digest, key, evidence) SELECT digest, x'', evidence FROM revocation;
        DROP TABLE revocation;
        ALTER TABLE revocation_by_key RENAME TO revocation;
        CREATE TABLE evidence_copy (
          seq INTEGER PRIMARY KEY, id BLOB NOT NULL, statement BLOB NOT NULL, deployment TEXT NOT NULL, principal TEXT NOT NULL);
        CREATE INDEX evidence_copy_poster ON evidence_copy (deployment, principal, seq);
        """);

    /// <summary>Adds an envelope; what is there already stays.</summary>
    public static void Insert(StoreConnection connection, EvidenceId id, byte[] envelope) => connection.Execute(
        "INSERT INTO evidence (id, envelope) VALUES (@p0, @p1) ON CONFLICT (id) DO NOTHING", id.Digest.ToArray(), envelope);

    /// <summary>Adds what the revocation in an envelope revokes.</summary>
    public static void InsertRevoked(StoreConnection connection, EvidenceId id, Hash key, ImmutableArray<Hash> digests)
    {
        foreach (var digest in digests)
        {
            connection.Execute(
                "INSERT INTO revocation (digest, key, evidence) VALUES (@p0, @p1, @p2) ON CONFLICT (digest, key, evidence) DO NOTHING",
                digest.ToArray(), key.ToArray(), id.Digest.ToArray());
        }
    }

    /// <summary>Adds a further envelope of a statement, and forgets the poster's oldest beyond so many.</summary>
    public static void InsertCopy(StoreConnection connection, EvidenceCopy copy, int most)
    {
        var (deployment, principal) = copy.Poster;
        connection.Execute(
            "INSERT INTO evidence_copy (id, statement, deployment, principal) VALUES (@p0, @p1, @p2, @p3)",
            copy.Id.Digest.ToArray(), copy.Statement.ToArray(), deployment, principal);
        connection.Execute(
            "DELETE FROM evidence_copy WHERE deployment = @p0 AND principal = @p1 AND seq <= (SELECT seq FROM evidence_copy "
            + "WHERE deployment = @p0 AND principal = @p1 ORDER BY seq DESC LIMIT 1 OFFSET @p2)",
            deployment, principal, most);
    }

    /// <summary>Deletes who posted which copies; that they were posted stays, for whoever names them.</summary>
    public static void Shred(StoreConnection connection, string deployment, string principal) => connection.Execute(
        "UPDATE evidence_copy SET deployment = '', principal = '' WHERE deployment = @p0 AND principal = @p1", deployment, principal);

    /// <summary>All that was kept, each in the order of posting.</summary>
    public static StoredEvidence All(StoreConnection connection)
    {
        List<byte[]> envelopes = [];
        using (var rows = connection.Query("SELECT envelope FROM evidence ORDER BY seq"))
        {
            while (rows.Read())
            {
                envelopes.Add(rows.GetFieldValue<byte[]>(0));
            }
        }

        List<EvidenceCopy> copies = [];
        using (var rows = connection.Query("SELECT id, statement, deployment, principal FROM evidence_copy ORDER BY seq"))
        {
            while (rows.Read())
            {
                copies.Add(new(new(HashOf(rows.GetFieldValue<byte[]>(0))), HashOf(rows.GetFieldValue<byte[]>(1)),
                    new(rows.GetString(2), rows.GetString(3))));
            }
        }

        List<StoredRevocation> revocations = [];
        using (var rows = connection.Query("SELECT digest, key, evidence FROM revocation"))
        {
            while (rows.Read())
            {
                var key = rows.GetFieldValue<byte[]>(1);
                revocations.Add(new(
                    HashOf(rows.GetFieldValue<byte[]>(0)),
                    key.Length == 0 ? null : HashOf(key),
                    new(HashOf(rows.GetFieldValue<byte[]>(2)))));
            }
        }

        return new(envelopes, copies, revocations);
    }

    private static Hash HashOf(byte[] bytes) => Hash.FromBytes(bytes);
}

/// <summary>A further envelope of a statement.</summary>
/// <param name="Id">The id of the envelope.</param>
/// <param name="Statement">The digest of the statement.</param>
/// <param name="Poster">Who posted it.</param>
internal readonly record struct EvidenceCopy(EvidenceId Id, Hash Statement, Poster Poster);

/// <summary>One digest that a revocation reached.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Key">The digest of the key that signed the revocation; null where only its envelope says that.</param>
/// <param name="Evidence">The id of the revocation's envelope.</param>
internal readonly record struct StoredRevocation(Hash Digest, Hash? Key, EvidenceId Evidence);

/// <summary>All that the store keeps of evidence.</summary>
internal sealed record StoredEvidence(List<byte[]> Envelopes, List<EvidenceCopy> Copies, List<StoredRevocation> Revocations);
