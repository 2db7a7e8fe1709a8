using Holdpoint.Gateway.Storage;

namespace Holdpoint.Gateway.Provenance;

/// <summary>The table of received values and every statement that is run on it. It holds keyed digests only.</summary>
internal static class ReceivedValueTables
{
    /// <remarks><c>n</c> grows with each value, so that the oldest are known without counting; <c>day</c> is a day since 1970.</remarks>
    public static Migration Create { get; } = new(6, "received values", """
        CREATE TABLE received_value (n INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, day INTEGER NOT NULL);
        CREATE INDEX received_value_day ON received_value (day);
        """);

    /// <summary>Notes a value; one that was received before is as fresh as this again.</summary>
    public static void Insert(StoreConnection connection, byte[] digest, int day) =>
        connection.Execute(
            "INSERT INTO received_value (digest, day) VALUES (@p0, @p1) ON CONFLICT (digest) DO UPDATE SET day = excluded.day",
            digest, day);

    /// <summary>Whether a value was received on that day or later.</summary>
    public static bool IsKnown(StoreConnection connection, byte[] digest, int since) =>
        connection.Scalar("SELECT 1 FROM received_value WHERE digest = @p0 AND day >= @p1", digest, since) is not null;

    /// <summary>Forgets what is older than a day, and the oldest of more than a number.</summary>
    public static void Forget(StoreConnection connection, int before, long most)
    {
        connection.Execute("DELETE FROM received_value WHERE day < @p0", before);
        connection.Execute("DELETE FROM received_value WHERE n <= (SELECT MAX(n) FROM received_value) - @p0", most);
    }
}
