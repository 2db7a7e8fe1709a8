using System.Collections.Concurrent;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The loads of all clients, by key: there are only as many as configurations have named. Once a minute it records, for each client that was
/// over a rate, how often; and the rest when the gateway stops. Thread-safe.
/// </summary>
internal sealed class ClientLoads : IAsyncDisposable
{
    /// <summary>A minute, as for strangers: a client must not fill an append-only log, however many requests it makes.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Hash, ClientLoad> _byKey = new();
    private readonly RecordLog _records;
    private readonly ITimer _timer;

    public ClientLoads(RecordLog records, TimeProvider time)
    {
        _records = records;
        _timer = time.CreateTimer(_ => Report(), null, Interval, Interval);
    }

    public ClientLoad Of(Client client) =>
        _byKey.TryGetValue(client.KeyDigest, out var known)
            ? known
            : _byKey.GetOrAdd(client.KeyDigest, static (_, client) => new ClientLoad(client), client);

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Report();
    }

    private void Report()
    {
        foreach (var (_, load) in _byKey)
        {
            if (load.TakeLimited() is not (> 0 and var requests))
            {
                continue;
            }

            var (deployment, principal) = (load.Client.Deployment, load.Client.Principal);
            if (!_records.TryAppend(new()
            {
                Kind = RecordKind.Limited, Deployment = deployment, Principal = principal, Requests = requests,
            }))
            {
                // Too much waits for the store: the next minute's record will count these as well.
                load.GiveBack(requests);
            }
        }
    }
}
