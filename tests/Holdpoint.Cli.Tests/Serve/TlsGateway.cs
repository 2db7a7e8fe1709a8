using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Serve;

/// <summary>A <see cref="GatewayProcess"/> that speaks TLS with a certificate of the test's own.</summary>
internal static class TlsGateway
{
    public static async Task<GatewayProcess> StartAsync(string? upstream = null)
    {
        using var folder = new TempFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(folder["tls.crt"], certificate.ExportCertificatePem());
        folder.WriteKey("tls.key", key.ExportPkcs8PrivateKeyPem());
        return await GatewayProcess.StartAsync(
            upstream,
            settings: $"tls: {{ certificate_file: \"{folder["tls.crt"]}\", key_file: \"{folder["tls.key"]}\" }}\n"
                + $"limits: {{ between_bytes_seconds: 3600 }}\n");
    }

    /// <summary>What a client needs to believe that certificate; streams share connections.</summary>
    public static SocketsHttpHandler Trusting() => new()
    {
        EnableMultipleHttp2Connections = true,
        SslOptions = new() { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Subject == "CN=test" },
    };
}
