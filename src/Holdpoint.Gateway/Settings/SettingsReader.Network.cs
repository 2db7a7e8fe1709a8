using System.Collections.Immutable;
using System.Net;

namespace Holdpoint.Gateway.Settings;

public static partial class SettingsReader
{
    private static IPEndPoint ReadListen(SettingsSection root, bool isProtected)
    {
        var text = root.Text(GatewayKeys.Listen)!;
        if (!IPEndPoint.TryParse(text, out var endpoint) || !text.Contains(':', StringComparison.Ordinal))
        {
            root.Report(
                SettingsCode.BadValue,
                GatewayKeys.Listen.Name,
                "must be ADDRESS:PORT",
                "write one such as 127.0.0.1:8080 (port 0 lets the system choose)");
            return new(IPAddress.Loopback, 0);
        }

        // Client keys travel in a header, so they leave the machine protected or not at all (ADR 0151).
        if (!IPAddress.IsLoopback(endpoint.Address) && !isProtected && !root.Texts(GatewayKeys.TrustedProxies).Any())
        {
            root.Report(
                SettingsCode.KeysDoNotFit,
                GatewayKeys.Listen.Name,
                "an address that is not loopback needs protection",
                "add tls, or trusted_proxies that name who may connect without it");
        }

        return endpoint;
    }

    private static ImmutableArray<IPNetwork> ReadProxies(SettingsSection root)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var (text, place, key) in root.Texts(GatewayKeys.TrustedProxies))
        {
            // With bits after its prefix it is not clear what was meant: that address, or its network.
            if (IPNetwork.TryParse(text, out var network) && text.StartsWith(network.BaseAddress + "/", StringComparison.OrdinalIgnoreCase))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
                networks.Add(network);
            }
            else
            {
                root.Report(
                    SettingsCode.BadValue,
                    key,
                    "must be an address or a network with no bits set after the prefix",
                    "write one such as 10.1.0.0/16",
                    place);
                continue;
            }

            if (network.PrefixLength == 0)
            {
                root.Report(SettingsCode.BadValue, key, "the network names everybody", "name the proxies alone", place);
            }
        }

        return networks.ToImmutable();
    }
}
