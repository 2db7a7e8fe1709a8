using System.Security.Cryptography;
using System.Text;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Endpoints;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Settings;
using Holdpoint.Log.Verification;
using Holdpoint.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdpoint.Gateway.Tests.Records;

/// <summary>A log behind a real web server. The client key is <c>audit</c>, or the name of a principal of <c>analysts-cloud</c>.</summary>
internal sealed class LogServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LogServer(LogFixture fixture, CheckpointSigner signer, WebApplication app)
    {
        Fixture = fixture;
        Signer = signer;
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public LogFixture Fixture { get; }

    public CheckpointSigner Signer { get; }

    public HttpClient Client { get; }

    public static async Task<LogServer> StartAsync()
    {
        var fixture = await LogFixture.OpenAsync();
        var signer = await fixture.SignerAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var boundary = new Boundary(
            new(await ConfigurationAsync(fixture)),
            new ContentBudget(),
            new ClientLoads(),
            new UnidentifiedTraffic(),
            fixture.Log,
            fixture.Time,
            NullLogger<Boundary>.Instance);
        new LogEndpoints(boundary, fixture.Log, new PublishedLog(fixture.Store, signer), signer).Map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LogServer(fixture, signer, app);
    }

    /// <summary>The shipped agreement, and a key for each principal that is named like its key.</summary>
    private static Task<ActiveConfiguration> ConfigurationAsync(LogFixture fixture)
    {
        using var folder = new TempFolder();
        folder.WriteKey("log.key", fixture.Key.ExportPrivateKey());
        File.WriteAllText(folder["holdpoint.yaml"], $"""
            listen: 127.0.0.1:0
            store: sqlite:holdpoint.db
            agreement: {Repo.Path("agreements", "red-lines")}
            log: {"{ origin: " + fixture.Key.Name + ", key_file: log.key }"}
            upstreams:
              - {"{ name: echo, kind: echo, models: [echo] }"}
            clients:
              {ClientLine("audit", "audit")}
              {ClientLine("analyst-7", "call")}
              {ClientLine("analyst-8", "call")}

            """);
        var settings = SettingsReader.Read(folder["holdpoint.yaml"]).Settings!;
        var agreement = AgreementFolder.Load(settings.AgreementPath).Agreement!;
        return ActiveConfiguration.CreateAsync(
            settings, agreement, fixture.Store, fixture.Time, TestContext.Current.CancellationToken);
    }

    private static string ClientLine(string key, string right) =>
        $"- {{ key_sha256: {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}, "
            + $"deployment: analysts-cloud, principal: {key}, rights: [{right}] }}";

    public async Task<HttpResponseMessage> GetAsync(string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Reads the log's files for the verifier.</summary>
    public async ValueTask<LogFile> ReadAsync(string? key, string path)
    {
        using var response = await GetAsync("/log/" + path, key);
        return (int)response.StatusCode switch
        {
            200 => LogFile.Found(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)),
            401 or 403 => LogFile.Forbidden,
            404 => LogFile.Missing,
            _ => throw new HttpRequestException($"{path}: {response.StatusCode}"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await Signer.DisposeAsync();
        await Fixture.DisposeAsync();
    }
}
