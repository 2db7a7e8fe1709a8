using System.Collections.Immutable;
using Holdpoint.Evidence;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Provenance;

/// <summary>The tables of posted evidence and every statement that is run on them.</summary>
internal static class EvidenceTables
{
    /// <remarks>
    /// <c>evidence</c> keeps envelopes as they were posted, expired ones too: records name them. <c>revocation</c> keeps what accepted
    /// revocations reached, so that they stay in force when their signer's key is no longer trusted.
    /// </remarks>
    public static Migration Create { get; } = new(2, "evidence", """
        CREATE TABLE evidence (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, envelope BLOB NOT NULL);
        CREATE TABLE revocation (digest BLOB NOT NULL, party TEXT NOT NULL, evidence BLOB NOT NULL, PRIMARY KEY (digest, party));
        """);

    /// <summary>Adds an envelope and what it revokes; what is there already stays.</summary>
    public static int Insert(StoreConnection connection, EvidenceId id, byte[] envelope, ImmutableArray<Hash> revoked, string party)
    {
        var evidence = id.Digest.ToArray();
        foreach (var digest in revoked)
        {
            connection.Execute(
                "INSERT INTO revocation (digest, party, evidence) VALUES (@p0, @p1, @p2) ON CONFLICT (digest, party) DO NOTHING",
                digest.ToArray(), party, evidence);
        }

        return connection.Execute("INSERT INTO evidence (id, envelope) VALUES (@p0, @p1) ON CONFLICT (id) DO NOTHING", evidence, envelope);
    }

    /// <summary>Every envelope in the order of posting, and every revoked digest with the party that revoked it.</summary>
    public static (List<byte[]> Envelopes, List<(Hash Digest, string Party)> Revocations) All(StoreConnection connection)
    {
        List<byte[]> envelopes = [];
        using (var rows = connection.Query("SELECT envelope FROM evidence ORDER BY seq"))
        {
            while (rows.Read())
            {
                envelopes.Add(rows.GetFieldValue<byte[]>(0));
            }
        }

        List<(Hash, string)> revocations = [];
        using (var rows = connection.Query("SELECT digest, party FROM revocation"))
        {
            while (rows.Read())
            {
                revocations.Add((Hash.FromBytes(rows.GetFieldValue<byte[]>(0)), rows.GetString(1)));
            }
        }

        return (envelopes, revocations);
    }
}
