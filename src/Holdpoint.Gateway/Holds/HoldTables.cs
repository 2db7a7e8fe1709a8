using System.Data.Common;
using Holdpoint.Agreements;
using Holdpoint.Evidence;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Holds;

/// <summary>The tables of holds and every statement that is run on them. All of it is private; the log has only ids and steps.</summary>
internal static class HoldTables
{
    /// <remarks>
    /// The unique index over what has not ended lets an equal call find the hold that there is instead of opening another, whoever of two
    /// comes first. An approval without a seat is a refusal. <c>hold_content</c> is encrypted and gone when the hold has ended;
    /// <c>hold_notice</c> is what the webhook has still to tell. Times are milliseconds since 1970.
    /// </remarks>
    public static Migration Create { get; } = new(3, "holds", """
        CREATE TABLE hold (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, request BLOB NOT NULL, call BLOB NOT NULL, digest BLOB NOT NULL,
            binding BLOB NOT NULL, needs TEXT NOT NULL, clauses TEXT NOT NULL, deployment TEXT NOT NULL, principal TEXT NOT NULL, person TEXT,
            endpoint TEXT NOT NULL, model TEXT, tool TEXT, bundle BLOB NOT NULL, record BIGINT NOT NULL, opened BIGINT NOT NULL,
            expires BIGINT NOT NULL, parent TEXT, has_answer INTEGER NOT NULL, content_bytes BIGINT NOT NULL);
        CREATE UNIQUE INDEX hold_live ON hold (request, needs) WHERE state IN ('open', 'releasing');
        CREATE INDEX hold_live_expires ON hold (expires) WHERE state IN ('open', 'releasing');
        CREATE INDEX hold_opened ON hold (opened);
        CREATE TABLE approval (id BLOB PRIMARY KEY, hold TEXT NOT NULL, person TEXT NOT NULL, seat TEXT, envelope BLOB NOT NULL);
        CREATE UNIQUE INDEX approval_seat ON approval (hold, seat) WHERE seat IS NOT NULL;
        CREATE UNIQUE INDEX approval_person ON approval (hold, person) WHERE seat IS NOT NULL;
        CREATE TABLE hold_content (hold TEXT NOT NULL, name TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (hold, name));
        CREATE TABLE hold_notice (hold TEXT PRIMARY KEY);
        """);

    /// <remarks>
    /// <c>unseen</c> is 1 while the hold is being released to a provider that runs a tool of it: then a release that nobody ends has been
    /// used.
    /// </remarks>
    public static Migration Unseen { get; } = new(5, "holds unseen", "ALTER TABLE hold ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;");

    private const string Columns =
        "id, kind, state, request, call, digest, binding, needs, clauses, deployment, principal, person, endpoint, model, tool, bundle, "
        + "record, opened, expires, parent, has_answer, unseen";

    private const char Between = ',';

    /// <summary>Adds a hold. False when one of the same request and needs has not ended.</summary>
    public static bool Insert(StoreConnection connection, Hold hold, long record, long contentBytes) =>
        connection.Execute(
            $"""
            INSERT INTO hold ({Columns}, content_bytes)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10,
                    @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, 0, @p21)
            ON CONFLICT DO NOTHING
            """,
            hold.Id.ToString(), HoldWords.Of(hold.Kind), HoldWords.Of(hold.State),
            hold.Request.ToArray(), hold.Call.ToArray(), hold.Digest.ToArray(),
            hold.Binding, string.Join(Between, hold.Needs), string.Join(Between, hold.Clauses),
            hold.Deployment, hold.Principal, hold.Person,
            hold.Endpoint, hold.Model, hold.Tool, hold.Bundle.ToArray(), record, hold.Opened.ToUnixTimeMilliseconds(),
            hold.Expires.ToUnixTimeMilliseconds(), hold.Parent?.ToString(), hold.HasAnswer ? 1 : 0, contentBytes) == 1;

    public static void InsertContent(StoreConnection connection, HoldId hold, string name, byte[] content) =>
        connection.Execute("INSERT INTO hold_content (hold, name, sealed) VALUES (@p0, @p1, @p2)", hold.ToString(), name, content);

    public static void InsertNotice(StoreConnection connection, HoldId hold) =>
        connection.Execute("INSERT INTO hold_notice (hold) VALUES (@p0) ON CONFLICT (hold) DO NOTHING", hold.ToString());

    /// <summary>Open holds of the principal and of all, and the bytes of the content of either.</summary>
    public static (long OfPrincipal, long All, long BytesOfPrincipal, long Bytes) Load(
        StoreConnection connection, string deployment, string principal)
    {
        using var rows = connection.Query(
            """
            SELECT COALESCE(SUM(CASE WHEN deployment = @p0 AND principal = @p1 THEN 1 ELSE 0 END), 0),
                   COUNT(*),
                   COALESCE(SUM(CASE WHEN deployment = @p0 AND principal = @p1 THEN content_bytes ELSE 0 END), 0),
                   COALESCE(SUM(content_bytes), 0)
            FROM hold WHERE state IN ('open', 'releasing')
            """,
            deployment, principal);
        rows.Read();
        return (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3));
    }

    public static Hold? Find(StoreConnection connection, HoldId id) =>
        One(connection, $"SELECT {Columns} FROM hold WHERE id = @p0", id.ToString());

    /// <summary>The hold that an equal request met before, if it has not ended.</summary>
    public static Hold? FindLive(StoreConnection connection, Hash request, Seats needs) =>
        One(
            connection, $"SELECT {Columns} FROM hold WHERE request = @p0 AND needs = @p1 AND state IN ('open', 'releasing')",
            request.ToArray(), string.Join(Between, needs));

    /// <summary>Holds, newest first.</summary>
    public static List<Hold> Newest(StoreConnection connection, bool endedToo, int limit) => endedToo
        ? Many(connection, $"SELECT {Columns} FROM hold ORDER BY opened DESC, id LIMIT @p0", limit)
        : Many(connection, $"SELECT {Columns} FROM hold WHERE state IN ('open', 'releasing') ORDER BY opened DESC, id LIMIT @p0", limit);

    /// <summary>Open holds whose time is over.</summary>
    public static List<Hold> Overdue(StoreConnection connection, DateTimeOffset now, int limit) =>
        Many(
            connection, $"SELECT {Columns} FROM hold WHERE state = 'open' AND expires <= @p0 ORDER BY expires LIMIT @p1",
            now.ToUnixTimeMilliseconds(), limit);

    /// <summary>Holds in the middle of a release.</summary>
    public static List<Hold> Releasing(StoreConnection connection) =>
        Many(connection, $"SELECT {Columns} FROM hold WHERE state = 'releasing' ORDER BY opened");

    /// <summary>Holds with a kept answer that have not ended.</summary>
    public static List<Hold> WithAnswer(StoreConnection connection) =>
        Many(connection, $"SELECT {Columns} FROM hold WHERE has_answer = 1 AND state IN ('open', 'releasing') ORDER BY opened");

    /// <summary>Holds that the webhook has still to tell of.</summary>
    public static List<Hold> ToBeTold(StoreConnection connection) =>
        Many(connection, $"SELECT {Columns} FROM hold WHERE id IN (SELECT hold FROM hold_notice) ORDER BY opened");

    public static int DeleteNotice(StoreConnection connection, HoldId hold) =>
        connection.Execute("DELETE FROM hold_notice WHERE hold = @p0", hold.ToString());

    /// <summary>
    /// Moves a hold from one state to another; false when it is not in the first, so that of several who try one succeeds.
    /// </summary>
    public static bool Move(StoreConnection connection, HoldId id, HoldState from, HoldState to)
    {
        if (connection.Execute(
            "UPDATE hold SET state = @p0 WHERE id = @p1 AND state = @p2", HoldWords.Of(to), id.ToString(), HoldWords.Of(from)) != 1)
        {
            return false;
        }

        if (to is not (HoldState.Open or HoldState.Releasing))
        {
            connection.Execute("DELETE FROM hold_content WHERE hold = @p0", id.ToString());
            connection.Execute("UPDATE hold SET content_bytes = 0, has_answer = 0 WHERE id = @p0", id.ToString());
            DeleteNotice(connection, id);
        }

        return true;
    }

    /// <summary>Whether a hold is open and its time not over.</summary>
    public static bool IsOpen(StoreConnection connection, HoldId id, DateTimeOffset now) =>
        connection.Scalar(
            "SELECT 1 FROM hold WHERE id = @p0 AND state = 'open' AND expires > @p1",
            id.ToString(), now.ToUnixTimeMilliseconds()) is not null;

    /// <summary>Begins the release of a hold; false when it is not open, or its time is over.</summary>
    /// <param name="connection">The writer's.</param>
    /// <param name="id">The hold.</param>
    /// <param name="now">The time.</param>
    /// <param name="isUnseen">Whether what was approved happens where the gateway does not see it.</param>
    public static bool Claim(StoreConnection connection, HoldId id, DateTimeOffset now, bool isUnseen) =>
        connection.Execute(
            "UPDATE hold SET state = 'releasing', unseen = @p0 WHERE id = @p1 AND state = 'open' AND expires > @p2",
            isUnseen ? 1 : 0, id.ToString(), now.ToUnixTimeMilliseconds()) == 1;

    /// <summary>Adds an approval; false when the seat or the person's one place is taken.</summary>
    public static bool InsertApproval(StoreConnection connection, HoldId hold, EvidenceId id, string person, Seat? seat, byte[] envelope) =>
        connection.Execute(
            "INSERT INTO approval (id, hold, person, seat, envelope) VALUES (@p0, @p1, @p2, @p3, @p4) ON CONFLICT DO NOTHING",
            id.Digest.ToArray(), hold.ToString(), person, seat?.ToString(), envelope) == 1;

    public static int DeleteApproval(StoreConnection connection, EvidenceId id) =>
        connection.Execute("DELETE FROM approval WHERE id = @p0", id.Digest.ToArray());

    /// <summary>The approvals that filled seats, by seat.</summary>
    public static List<SeatedApproval> Approvals(StoreConnection connection, HoldId hold)
    {
        List<SeatedApproval> approvals = [];
        using var rows = connection.Query(
            "SELECT id, person, seat, envelope FROM approval WHERE hold = @p0 AND seat IS NOT NULL ORDER BY seat", hold.ToString());
        while (rows.Read())
        {
            _ = Seat.TryParse(rows.GetString(2), out var seat);
            approvals.Add(new(new(Hash.FromBytes(rows.GetFieldValue<byte[]>(0))), rows.GetString(1), seat, rows.GetFieldValue<byte[]>(3)));
        }

        return approvals;
    }

    /// <summary>The encrypted content of a hold by its name; empty once it has ended.</summary>
    public static Dictionary<string, byte[]> Content(StoreConnection connection, HoldId hold)
    {
        Dictionary<string, byte[]> content = [];
        using var rows = connection.Query("SELECT name, sealed FROM hold_content WHERE hold = @p0", hold.ToString());
        while (rows.Read())
        {
            content.Add(rows.GetString(0), rows.GetFieldValue<byte[]>(1));
        }

        return content;
    }

    /// <summary>Deletes everything about the holds of a principal, open ones too: what is forgotten can no longer be decided.</summary>
    public static void Shred(StoreConnection connection, string deployment, string principal)
    {
        const string OfPrincipal = "(SELECT id FROM hold WHERE deployment = @p0 AND principal = @p1)";
        connection.Execute($"DELETE FROM hold_content WHERE hold IN {OfPrincipal}", deployment, principal);
        connection.Execute($"DELETE FROM hold_notice WHERE hold IN {OfPrincipal}", deployment, principal);
        connection.Execute($"DELETE FROM approval WHERE hold IN {OfPrincipal}", deployment, principal);
        connection.Execute("DELETE FROM hold WHERE deployment = @p0 AND principal = @p1", deployment, principal);
    }

    private static Hold? One(StoreConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = connection.Query(sql, values);
        return rows.Read() ? Read(rows) : null;
    }

    private static List<Hold> Many(StoreConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        List<Hold> holds = [];
        using var rows = connection.Query(sql, values);
        while (rows.Read())
        {
            holds.Add(Read(rows));
        }

        return holds;
    }

    private static Hold Read(DbDataReader row)
    {
        _ = HoldId.TryParse(row.GetString(0), out var id);
        return new()
        {
            Id = id,
            Kind = HoldWords.KindOf(row.GetString(1)),
            State = HoldWords.StateOf(row.GetString(2)),
            Request = Digest(3),
            Call = Digest(4),
            Digest = Digest(5),
            Binding = row.GetFieldValue<byte[]>(6),
            Needs = Seats.Of(Words(7).Select(text => Seat.TryParse(text, out var seat) ? seat : default)),
            Clauses = [.. Words(8)],
            Deployment = row.GetString(9),
            Principal = row.GetString(10),
            Person = Text(11),
            Endpoint = row.GetString(12),
            Model = Text(13),
            Tool = Text(14),
            Bundle = Digest(15),
            Record = row.GetInt64(16),
            Opened = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(17)),
            Expires = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(18)),
            Parent = HoldId.TryParse(Text(19), out var parent) ? parent : null,
            HasAnswer = row.GetInt64(20) == 1,
            MayHaveHappened = row.GetInt64(21) == 1,
        };

        Hash Digest(int column) => Hash.FromBytes(row.GetFieldValue<byte[]>(column));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        string[] Words(int column) => row.GetString(column).Split(Between, StringSplitOptions.RemoveEmptyEntries);
    }
}
