using Holdpoint.Gateway.Storage;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Records;

/// <summary>The tables of the log and every statement that is run on them.</summary>
internal static class RecordTables
{
    /// <remarks>
    /// <c>record</c> and <c>tile</c> are the log itself; <c>subject</c> and <c>disclosure</c> are private. A tile row is written when
    /// its 256 hashes are complete; <c>root</c> is their subtree's, which is what the level above holds. <c>leaf</c> stands before
    /// <c>body</c> so that reading hashes does not read bodies. A principal has a row in <c>subject</c> per pseudonym; the last is in use.
    /// </remarks>
    public static Migration Create { get; } = new(1, "records", """
        CREATE TABLE gateway (id TEXT PRIMARY KEY, created TEXT NOT NULL);
        CREATE TABLE record (idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL, body BLOB NOT NULL);
        CREATE TABLE tile (level INTEGER NOT NULL, n INTEGER NOT NULL, root BLOB NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, n));
        CREATE TABLE subject (id INTEGER PRIMARY KEY, deployment TEXT NOT NULL, principal TEXT NOT NULL, salt BLOB NOT NULL);
        CREATE TABLE disclosure (idx INTEGER PRIMARY KEY, subject INTEGER, body BLOB NOT NULL);
        CREATE INDEX disclosure_subject ON disclosure (subject);
        """);

    public static string? Gateway(StoreConnection connection) => (string?)connection.Scalar("SELECT id FROM gateway");

    public static void InsertGateway(StoreConnection connection, string id, string created) =>
        connection.Execute("INSERT INTO gateway (id, created) VALUES (@p0, @p1)", id, created);

    public static HotStatement PrepareInsertRecord(StoreConnection connection) =>
        connection.Prepare("INSERT INTO record (idx, leaf, body) VALUES (?, ?, ?)");

    public static void InsertRecord(HotStatement insert, long index, Hash leaf, ReadOnlySpan<byte> body)
    {
        Span<byte> leafBytes = stackalloc byte[Hash.Size];
        leaf.CopyTo(leafBytes);
        insert.Bind(1, index);
        insert.Bind(2, leafBytes);
        insert.Bind(3, body);
        insert.Run();
    }

    public static void InsertTile(StoreConnection connection, int level, long n, byte[] root, byte[] hashes) =>
        connection.Execute("INSERT INTO tile (level, n, root, hashes) VALUES (@p0, @p1, @p2, @p3)", level, n, root, hashes);

    /// <summary>Does nothing when it is there: several drafts of one transaction can be its first.</summary>
    public static void InsertPseudonym(StoreConnection connection, Pseudonym subject) =>
        connection.Execute(
            "INSERT INTO subject (id, deployment, principal, salt) VALUES (@p0, @p1, @p2, @p3) ON CONFLICT (id) DO NOTHING",
            subject.Id, subject.Deployment, subject.Principal, subject.Salt);

    public static HotStatement PrepareInsertDisclosure(StoreConnection connection) =>
        connection.Prepare("INSERT INTO disclosure (idx, subject, body) VALUES (?, ?, ?)");

    public static void InsertDisclosure(HotStatement insert, long index, long? subject, ReadOnlySpan<byte> body)
    {
        insert.Bind(1, index);
        insert.Bind(2, subject);
        insert.Bind(3, body);
        insert.Run();
    }

    /// <summary>The number of records when no index is missing.</summary>
    public static long Size(StoreConnection connection) => connection.Scalar("SELECT MAX(idx) FROM record") is long last ? last + 1 : 0;

    public static byte[]? Body(StoreConnection connection, long index) =>
        (byte[]?)connection.Scalar("SELECT body FROM record WHERE idx = @p0", index);

    /// <summary>Leaf hashes from <paramref name="from"/> up to before <paramref name="to"/>; fewer when there are fewer.</summary>
    public static List<Hash> Leaves(StoreConnection connection, long from, long to) =>
        Hashes(connection, "SELECT leaf FROM record WHERE idx >= @p0 AND idx < @p1 ORDER BY idx", from, to);

    /// <summary>Roots of the full tiles of a level from number <paramref name="from"/> up to before <paramref name="to"/>.</summary>
    public static List<Hash> TileRoots(StoreConnection connection, int level, long from, long to) =>
        Hashes(connection, "SELECT root FROM tile WHERE level = @p0 AND n >= @p1 AND n < @p2 ORDER BY n", level, from, to);

    public static byte[]? Tile(StoreConnection connection, int level, long n) =>
        (byte[]?)connection.Scalar("SELECT hashes FROM tile WHERE level = @p0 AND n = @p1", level, n);

    public static List<byte[]> Bodies(StoreConnection connection, long from, long to)
    {
        List<byte[]> bodies = [];
        using var rows = connection.Query("SELECT body FROM record WHERE idx >= @p0 AND idx < @p1 ORDER BY idx", from, to);
        while (rows.Read())
        {
            bodies.Add(rows.GetFieldValue<byte[]>(0));
        }

        return bodies;
    }

    public static List<Pseudonym> Pseudonyms(StoreConnection connection)
    {
        List<Pseudonym> subjects = [];
        using var rows = connection.Query("SELECT id, deployment, principal, salt FROM subject ORDER BY id");
        while (rows.Read())
        {
            subjects.Add(new Pseudonym(rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<byte[]>(3)));
        }

        return subjects;
    }

    /// <summary>The disclosures of a record, one per line; null when it has none, or they were shredded.</summary>
    public static byte[]? Disclosures(StoreConnection connection, long index) =>
        (byte[]?)connection.Scalar("SELECT body FROM disclosure WHERE idx = @p0", index);

    /// <summary>Deletes everything private about a principal; returns how many records' disclosures that were.</summary>
    public static int Shred(StoreConnection connection, string deployment, string principal)
    {
        var disclosures = connection.Execute(
            "DELETE FROM disclosure WHERE subject IN (SELECT id FROM subject WHERE deployment = @p0 AND principal = @p1)",
            deployment, principal);
        connection.Execute("DELETE FROM subject WHERE deployment = @p0 AND principal = @p1", deployment, principal);
        return disclosures;
    }

    private static List<Hash> Hashes(StoreConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        List<Hash> hashes = [];
        using var rows = connection.Query(sql, values);
        while (rows.Read())
        {
            hashes.Add(Hash.FromBytes(rows.GetFieldValue<byte[]>(0)));
        }

        return hashes;
    }
}
