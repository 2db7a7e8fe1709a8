using SQLitePCL;

namespace Holdpoint.Gateway.Storage;

/// <summary>The SQLite that this process runs on: always the build that ships with Holdpoint, never the system's.</summary>
/// <remarks>
/// The system's library may be years old, and its fixes for write-ahead logs are not always brought back by a distribution (ADR 0064).
/// An operator reads the version in the status, because a fix of SQLite arrives with a release of Holdpoint.
/// </remarks>
/// <param name="Version">As the library itself reports it, such as <c>3.53.4</c>.</param>
internal sealed record SqliteLibrary(string Version)
{
    private static readonly Lazy<SqliteLibrary> LoadOnce = new(Load);

    /// <summary>Loads the library on first use, once per process. Thread-safe.</summary>
    public static SqliteLibrary Loaded => LoadOnce.Value;

    private static SqliteLibrary Load()
    {
        Batteries_V2.Init();
        return new SqliteLibrary(raw.sqlite3_libversion().utf8_to_string());
    }
}
