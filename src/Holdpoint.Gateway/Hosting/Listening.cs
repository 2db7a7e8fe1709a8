using System.Net;
using System.Net.Security;
using Holdpoint.Gateway.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Holdpoint.Gateway.Hosting;

/// <summary>
/// Sets up listening: the address, the clients that may connect, the certificate, and the proxies whose word about the client counts.
/// </summary>
internal static class Listening
{
    /// <summary>Without TLS, an address that is not loopback is for the trusted proxies alone (ADR 0151).</summary>
    public static ConnectionLimit GateOf(GatewaySettings settings) => new(
        settings.Limits.Connections,
        only: settings.Tls is null && !IPAddress.IsLoopback(settings.Listen.Address) ? settings.TrustedProxies : []);

    public static void ListenAs(this IWebHostBuilder host, GatewaySettings settings, ConnectionLimit gate, TlsCertificate? certificate)
    {
        host.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Each call is held to the limit of its own configuration, which a reload can change; this is the most that any can say.
            kestrel.Limits.MaxRequestBodySize = Limits.MostBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = settings.Limits.Connections + (long)ConnectionLimit.Spare;
            kestrel.Listen(settings.Listen, listen =>
            {
                listen.Use(gate.Guard);
                if (certificate is not null)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(certificate.Options),
                    });
                }
            });
        });
    }

    public static void UseListening(this IApplicationBuilder app, GatewaySettings settings)
    {
        app.Use(ConnectionLimit.AnswerAsync);
        if (settings.TrustedProxies.IsEmpty)
        {
            return;
        }

        // From the nearest proxy outwards, as long as the next one is trusted too. X-Forwarded-Host is nobody's: no URL is made from it.
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(forwarded);
    }
}
