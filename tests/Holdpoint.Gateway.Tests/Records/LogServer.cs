using Holdpoint.Gateway.Records;
using Holdpoint.Log.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Tests.Records;

/// <summary>A log behind a real web server. The client key is the caller: <c>audit</c>, or a principal of <c>analysts-cloud</c>.</summary>
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
        new LogEndpoints(
            fixture.Log,
            new PublishedLog(fixture.Store, signer),
            signer,
            http => http.Request.Headers.Authorization.ToString() is { Length: > 0 } key
                ? new LogCaller(key == "audit", "analysts-cloud", key)
                : null).Map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LogServer(fixture, signer, app);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", key);
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
