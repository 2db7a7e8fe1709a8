using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Storage;

/// <summary>The reason that the store refused or failed.</summary>
internal enum StoreFault
{
    /// <summary>Too much is waiting for the writer. Nothing was written; trying again soon can succeed.</summary>
    Overloaded,

    /// <summary>The transaction failed (disk full, read-only, locked, damaged). Nothing of it counts as written.</summary>
    Failed,

    /// <summary>The store is stopping or has stopped.</summary>
    Stopped,

    /// <summary>Its files were taken away or replaced. Nothing succeeds until the gateway is started again.</summary>
    Lost,
}

/// <summary>The store could not write or read. The message holds no path and no content, so it may be shown.</summary>
internal sealed class StoreUnavailableException(StoreFault fault, Exception? inner = null) : Exception(Text(fault), inner)
{
    public StoreFault Fault { get; } = fault;

    /// <summary>A fault of the database as this exception; anything else, such as a fault of the caller's function, as it is.</summary>
    public static Exception Of(Exception fault) =>
        fault is SqliteException ? new StoreUnavailableException(StoreFault.Failed, fault) : fault;

    private static string Text(StoreFault fault) => fault switch
    {
        StoreFault.Overloaded => "Too many writes are waiting for the store.",
        StoreFault.Failed => "The store could not complete the transaction.",
        StoreFault.Lost => "The store's files were taken away or replaced while they were open.",
        _ => "The store has stopped.",
    };
}
