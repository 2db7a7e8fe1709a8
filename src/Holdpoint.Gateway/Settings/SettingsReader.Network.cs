using System.Collections.Immutable;
using System.Net;

namespace Holdpoint.Gateway.Settings;

public static partial class SettingsReader
{
    private sealed partial class Check
    {
        private IPEndPoint Listen(GatewayOptions o)
        {
            var text = o.Listen;
            if (!IPEndPoint.TryParse(text ?? "127.0.0.1:8080", out var endpoint) || (text?.Contains(':', StringComparison.Ordinal) == false))
            {
                _problems.Add("listen: must be ADDRESS:PORT, such as 127.0.0.1:8080 (port 0 lets the system choose)");
                return new(IPAddress.Loopback, 0);
            }

            // Client keys travel in a header, so they leave the machine protected or not at all (ADR 0151).
            if (!IPAddress.IsLoopback(endpoint.Address) && o.Tls is null && o.TrustedProxies is null or [])
            {
                _problems.Add("listen: an address that is not loopback needs tls, or trusted_proxies that name who may connect without it");
            }

            return endpoint;
        }

        private TlsSettings? Tls(TlsOptions? o) => o is null
            ? null
            : new(FullPath("tls.certificate_file", o.CertificateFile), FullPath("tls.key_file", o.KeyFile));

        private ImmutableArray<IPNetwork> Proxies(List<string?>? texts)
        {
            var networks = ImmutableArray.CreateBuilder<IPNetwork>();
            foreach (var (text, i) in (texts ?? []).Select((text, i) => (text, i)))
            {
                // With bits after its prefix it is not clear what was meant: that address, or its network.
                if (IPNetwork.TryParse(text, out var network) && text!.StartsWith(network.BaseAddress + "/", StringComparison.OrdinalIgnoreCase))
                {
                    networks.Add(network);
                }
                else if (IPAddress.TryParse(text, out var address))
                {
                    networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
                }
                else
                {
                    _problems.Add($"trusted_proxies[{i}]: must be an address or a network such as 10.1.0.0/16, with no bits set after the prefix");
                }

                if (networks is [.., { PrefixLength: 0 }])
                {
                    _problems.Add($"trusted_proxies[{i}]: names everybody");
                }
            }

            return networks.ToImmutable();
        }

        private LogSettings Logs(LoggingOptions o)
        {
            if (o.Format is not (null or "text" or "json"))
            {
                _problems.Add("logs.format: must be text or json");
            }

            return new(IsJson: o.Format == "json", Requests: o.Requests ?? false);
        }

        private TelemetrySettings? Telemetry(TelemetryOptions o)
        {
            if (!Uri.TryCreate(o.Otlp, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            {
                _problems.Add("telemetry.otlp: must be the base address of an OTLP/HTTP receiver, such as http://127.0.0.1:4318");
                return null;
            }

            return new(
                new Uri(address.AbsoluteUri.TrimEnd('/') + "/"),
                o.HeadersEnv is { } variable ? new SecretSource.EnvironmentVariable(variable) : null,
                Number("telemetry.sample_ratio", o.SampleRatio, 1, 0, 1),
                Seconds("telemetry.metrics_seconds", o.MetricsSeconds, TimeSpan.FromSeconds(60), least: 0.1));
        }
    }
}
