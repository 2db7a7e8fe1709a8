using System.Net;
using System.Net.Sockets;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Upstream;

namespace Holdpoint.Gateway.Hosting;

/// <summary>
/// Finds at once what is wrong, before an agreement is proved for minutes. It reads only and leaves nothing behind, so whatever
/// it sees is looked at again where it is used.
/// </summary>
internal static class Preflight
{
    /// <summary>Makes every check before a start.</summary>
    /// <exception cref="GatewayStartException">Some fail; a line for each says what to do.</exception>
    public static void CheckStart(GatewaySettings settings, Agreement agreement, TimeProvider time) =>
        Run([
            () => TryPort(settings),
            () => TryStore(settings.StorePath),
            () => LogKeyFile.Read(settings).Dispose(),
            () => ContentSeal.Check(settings.HoldKeyPath),
            .. Reloadable(settings, agreement, time),
        ]);

    /// <summary>Makes every check of what a reload can change.</summary>
    /// <exception cref="GatewayStartException">Some fail; a line for each says what to do.</exception>
    public static void CheckReload(GatewaySettings settings, Agreement agreement, TimeProvider time) =>
        Run(Reloadable(settings, agreement, time));

    private static IEnumerable<Action> Reloadable(GatewaySettings settings, Agreement agreement, TimeProvider time)
    {
        if (settings.Tls is { } tls)
        {
            yield return () => TlsCertificate.Read(tls, time.GetUtcNow());
        }

        if (settings.Webhook is { } webhook)
        {
            yield return () => WebhookSecret.Read(webhook.Secret);
        }

        foreach (var upstream in settings.Upstreams.Where(upstream => upstream.Key is not null))
        {
            yield return () => UpstreamFactory.KeyOf(upstream);
        }

        yield return () => ActiveConfiguration.RequireKnownDeployments(settings, agreement);
    }

    private static void Run(IEnumerable<Action> checks)
    {
        List<string> problems = [];
        foreach (var check in checks)
        {
            try
            {
                check();
            }
            catch (Exception e) when (e is GatewayStartException or StoreRefusedException)
            {
                problems.Add(e.Message);
            }
        }

        if (problems.Count > 0)
        {
            throw new GatewayStartException(string.Join('\n', problems));
        }
    }

    /// <summary>Binds the address as the server will, and lets it go again. It never listens, so nobody can connect to it.</summary>
    private static void TryPort(GatewaySettings settings)
    {
        try
        {
            using var socket = new Socket(settings.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (settings.Listen.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(settings.Listen);
        }
        catch (SocketException e)
        {
            var address = settings.Listen;
            var problem = e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"another process listens on {address}; stop it, or name another port",
                SocketError.AccessDenied => $"the gateway's user may not listen on {address}; name a port from 1024 on",
                SocketError.AddressNotAvailable => $"this machine does not have the address of {address}; name one that it has",
                _ => $"{address} cannot be listened on; name another address or port",
            };
            throw new GatewayStartException($"listen: {problem}", e);
        }
    }

    private static void TryStore(string path)
    {
        try
        {
            if (Store.IsInUse(path))
            {
                throw Store.TakenBy(path);
            }
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new GatewayStartException($"store: {FileFault.Of(e)}: its lock file; let the gateway's user write it", e);
        }
    }
}
