using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;

namespace Holdpoint.Gateway.Hosting;

/// <summary>Deletes what is private about a principal from every concept's tables, in one transaction.</summary>
internal static class Shredding
{
    /// <inheritdoc cref="RecordLog.ShredAsync"/>
    public static Task<int> ShredAsync(RecordLog log, string deployment, string principal, CancellationToken cancellationToken) =>
        log.ShredAsync(deployment, principal, cancellationToken, store =>
        {
            HoldTables.Shred(store, deployment, principal);
            EvidenceTables.Shred(store, deployment, principal);
        });
}
