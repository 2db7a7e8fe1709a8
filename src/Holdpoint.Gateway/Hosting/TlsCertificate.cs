using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Holdpoint.Gateway.Settings;

namespace Holdpoint.Gateway.Hosting;

/// <summary>The certificate that connections are served with; another one is used from the next handshake on. Thread-safe.</summary>
internal sealed class TlsCertificate(SslStreamCertificateContext first)
{
    private volatile SslServerAuthenticationOptions _options = OptionsFor(first);

    /// <summary>The certificate for the next handshake.</summary>
    public SslServerAuthenticationOptions Options => _options;

    /// <summary>The end of the certificate's validity.</summary>
    public DateTimeOffset NotAfter => _options.ServerCertificateContext!.TargetCertificate.NotAfter.ToUniversalTime();

    /// <summary>Reads certificate, chain and key.</summary>
    /// <exception cref="GatewayStartException">They cannot be read, do not belong together, or the certificate has ended.</exception>
    public static SslStreamCertificateContext Read(TlsSettings settings, DateTimeOffset now)
    {
        try
        {
            var text = File.ReadAllText(settings.CertificatePath);
            var certificate = X509Certificate2.CreateFromPem(text, KeyFileReader.ReadText(settings.KeyPath));
            if (certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime)
            {
                throw new GatewayStartException("the certificate in tls.certificate_file has ended; put a new one there");
            }

            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(text);

            // Offline: a handshake, or a start, that asks the network for what the file does not hold would depend on strangers.
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (KeyFileOpenException e)
        {
            throw new GatewayStartException($"tls.key_file: {e.Message}", e);
        }
        catch (Exception e) when (FileFault.IsOne(e) || e is CryptographicException or ArgumentException)
        {
            var why = FileFault.IsOne(e) ? $" ({FileFault.Of(e)})" : "";
            throw new GatewayStartException(
                $"tls.certificate_file and tls.key_file cannot be used{why}: "
                + "they must be PEM files of a certificate and its key, not encrypted",
                e);
        }
    }

    /// <summary>From the next handshake on this one is used.</summary>
    public void Use(SslStreamCertificateContext next) => _options = OptionsFor(next);

    private static SslServerAuthenticationOptions OptionsFor(SslStreamCertificateContext certificate) => new()
    {
        ServerCertificateContext = certificate,

        // RFC 9325 §3.1.1: nothing older than TLS 1.2.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        ClientCertificateRequired = false,
    };
}
