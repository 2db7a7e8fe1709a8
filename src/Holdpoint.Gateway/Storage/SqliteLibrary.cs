using System.Runtime.InteropServices;
using SQLitePCL;

namespace Holdpoint.Gateway.Storage;

/// <summary>Which SQLite this process runs on; shown in the status, because a patched one matters.</summary>
/// <param name="FromSystem">
/// True for the system's own <c>libsqlite3.so.0</c>, which its distribution patches; false for the older copy that ships with us.
/// </param>
/// <param name="Version">As the library itself reports it, such as <c>3.40.1</c>.</param>
internal sealed record SqliteLibrary(bool FromSystem, string Version)
{
    private const string SystemName = "libsqlite3.so.0";
    private const string BundledName = "e_sqlite3";

    private static readonly Lazy<SqliteLibrary> LoadOnce = new(Load);

    /// <summary>Loads the library on first use, once per process. Thread-safe.</summary>
    public static SqliteLibrary Loaded => LoadOnce.Value;

    private static SqliteLibrary Load()
    {
        // One answer for the whole process: functions of two SQLite builds on one database file would break its locking.
        var fromSystem = NativeLibrary.TryLoad(SystemName, out var system);
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (name, _, _) => fromSystem && name == BundledName ? system : 0);
        Batteries_V2.Init();
        return new SqliteLibrary(fromSystem, raw.sqlite3_libversion().utf8_to_string());
    }
}
