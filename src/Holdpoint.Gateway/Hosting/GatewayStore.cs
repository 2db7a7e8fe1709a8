using System.Collections.Immutable;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Hosting;

/// <summary>The store with the tables of every concept of the gateway.</summary>
internal static class GatewayStore
{
    /// <summary>Every concept's migrations, in the order of their numbers. A new one is added at the end.</summary>
    public static ImmutableArray<Migration> Migrations { get; } =
    [
        RecordTables.Create,
        EvidenceTables.Create,
        HoldTables.Create,
        EvidenceTables.ByKey,
        HoldTables.Unseen,
        ReceivedValueTables.Create,
    ];

    /// <summary>Opens or creates the store and brings its schema up to date.</summary>
    /// <exception cref="StoreRefusedException">It cannot be opened, or must not be; the message says why and what to do.</exception>
    public static Store Open(StoreOptions options, TimeProvider time, ILogger<Store>? log = null) =>
        Store.Open(options, Migrations, time, log);
}
