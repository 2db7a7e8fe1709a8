using System.Collections.Concurrent;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The loads of all clients, by key: there are only as many as configurations have named. Thread-safe.
/// </summary>
internal sealed class ClientLoads
{
    private readonly ConcurrentDictionary<Hash, ClientLoad> _byKey = new();

    public ClientLoad Of(Client client) =>
        _byKey.TryGetValue(client.KeyDigest, out var known)
            ? known
            : _byKey.GetOrAdd(client.KeyDigest, static (_, client) => new ClientLoad(client), client);

    /// <summary>Records, for each client that was over a rate, how often.</summary>
    public void ReportTo(MinuteReport report)
    {
        foreach (var (_, load) in _byKey)
        {
            var (deployment, principal) = (load.Client.Deployment, load.Client.Principal);
            report.Tell(
                new() { Kind = RecordKind.Limited, Deployment = deployment, Principal = principal }, load.TakeLimited, load.GiveBack);
        }
    }
}
