using System.Collections.Immutable;
using System.Globalization;

namespace Holdpoint.Gateway.Storage;

/// <summary>
/// Brings the schema of a store up to date: each concept brings its migrations, and the composition root says in which order.
/// </summary>
internal static class Schema
{
    private const string CreateTable =
        "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)";

    /// <summary>Brings the store up to <paramref name="migrations"/>, all or nothing.</summary>
    /// <exception cref="StoreRefusedException">The store is newer than this program, or another program's.</exception>
    public static void Apply(StoreConnection connection, ImmutableArray<Migration> migrations, DateTimeOffset now)
    {
        for (var i = 0; i < migrations.Length; i++)
        {
            if (migrations[i].Number != i + 1)
            {
                throw new ArgumentException(
                    $"Migration '{migrations[i].Name}' has number {migrations[i].Number} in place {i + 1}.", nameof(migrations));
            }
        }

        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute(CreateTable);
        var applied = Applied(connection);
        if (applied.Count > migrations.Length)
        {
            throw new StoreRefusedException(
                $"The store has schema {applied.Count}, this program knows {migrations.Length}. Use the newer program that wrote it.");
        }

        for (var i = 0; i < migrations.Length; i++)
        {
            var migration = migrations[i];
            if (i < applied.Count)
            {
                if (applied[i] != (migration.Number, migration.Name))
                {
                    throw new StoreRefusedException(
                        $"Migration {applied[i].Number} of the store is '{applied[i].Name}', here it is '{migration.Name}'. "
                        + "This store belongs to another program.");
                }

                continue;
            }

            connection.ExecuteScript(migration.Sql);
            connection.Execute(
                "INSERT INTO migration (number, name, applied) VALUES (@p0, @p1, @p2)",
                migration.Number, migration.Name, now.ToString("O", CultureInfo.InvariantCulture));
        }

        connection.Execute("COMMIT");
    }

    private static List<(int Number, string Name)> Applied(StoreConnection connection)
    {
        List<(int, string)> applied = [];
        using var rows = connection.Query("SELECT number, name FROM migration ORDER BY number");
        while (rows.Read())
        {
            applied.Add((rows.GetInt32(0), rows.GetString(1)));
        }

        return applied;
    }
}
