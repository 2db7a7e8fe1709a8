using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Holdpoint.Gateway.Tests.Decisions;

namespace Holdpoint.Gateway.Tests.Hosting;

public sealed class TlsTests
{
    [Fact]
    public async Task A_certificate_serves_https_and_its_successor_serves_the_next_connection_after_a_reload()
    {
        await using var gateway = await StartAsync((_, folder) => WriteCertificate(folder.Path, "first"));
        Assert.Equal("https", gateway.Address.Scheme);
        Assert.Equal(("CN=first", HttpStatusCode.OK), await AskAsync(gateway));

        WriteCertificate(gateway.Folder, "second");
        Assert.Empty((await gateway.ReloadAsync()).Problems);

        Assert.Equal(("CN=second", HttpStatusCode.OK), await AskAsync(gateway));
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("no certificate")]
    [InlineData("nothing")]
    [InlineData("ended")]
    public async Task A_certificate_that_cannot_serve_is_refused_and_the_old_one_stays(string fault)
    {
        await using var gateway = await StartAsync((_, folder) => WriteCertificate(folder.Path, "first"));
        var folder = new FolderOf(gateway.Folder);
        switch (fault)
        {
            case "another key":
                using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    await File.WriteAllTextAsync(folder["tls.key"], key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
                }

                break;
            case "no certificate":
                await File.WriteAllTextAsync(folder["tls.crt"], "not PEM", TestContext.Current.CancellationToken);
                break;
            case "nothing":
                File.Delete(folder["tls.crt"]);
                break;
            default:
                WriteCertificate(folder.Path, "ended", days: -1);
                break;
        }

        var outcome = await gateway.ReloadAsync();

        Assert.Contains("tls.certificate_file", Assert.Single(outcome.Problems), StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Folder, outcome.Problems[0], StringComparison.Ordinal);
        Assert.Equal(("CN=first", HttpStatusCode.OK), await AskAsync(gateway));
    }

    [Fact]
    public async Task What_is_older_than_tls_1_2_or_no_tls_gets_no_answer()
    {
        await using var gateway = await StartAsync((_, folder) => WriteCertificate(folder.Path, "first"));
        using var plain = new HttpClient();

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            plain.GetAsync(new Uri($"http://127.0.0.1:{gateway.Address.Port}/healthz"), TestContext.Current.CancellationToken));

#pragma warning disable CA5397, SYSLIB0039 // That an old protocol is refused is what this tests.
        using var old = Client(SslProtocols.Tls11, out _);
#pragma warning restore CA5397, SYSLIB0039
        await Assert.ThrowsAsync<HttpRequestException>(
            () => old.GetAsync(new Uri(gateway.Address, "/healthz"), TestContext.Current.CancellationToken));
    }

    private static async Task<(string Subject, HttpStatusCode Status)> AskAsync(TestGateway gateway)
    {
        using var http = Client(SslProtocols.None, out var seen);
        using var answer = await http.GetAsync(new Uri(gateway.Address, "/readyz"), TestContext.Current.CancellationToken);
        return (seen.Single(), answer.StatusCode);
    }

    private static HttpClient Client(SslProtocols protocols, out List<string> seen)
    {
        var subjects = seen = [];
#pragma warning disable CA5359, CA5398 // The test's own certificate is recognised by its name.
        return new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = protocols,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    subjects.Add(certificate!.Subject);
                    return true;
                },
            },
        });
#pragma warning restore CA5359, CA5398
    }

    private static Task<TestGateway> StartAsync(Action<string, FolderOf> prepare) => TestGateway.StartAsync(edit: (text, folder) =>
    {
        prepare(text, new(folder.FullName));
        return text + "tls: { certificate_file: tls.crt, key_file: tls.key }\n";
    });

    internal static void WriteCertificate(string folder, string name, int days = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(days));
        File.WriteAllText(Path.Combine(folder, "tls.crt"), certificate.ExportCertificatePem());
        var keyFile = Path.Combine(folder, "tls.key");
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private readonly record struct FolderOf(string Path)
    {
        public string this[string name] => System.IO.Path.Combine(Path, name);
    }
}
