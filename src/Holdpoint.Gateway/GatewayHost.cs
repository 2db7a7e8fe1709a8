using Holdpoint.Agreements;
using Holdpoint.Gateway.Activation;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway;

/// <summary>A running gateway. Started once, stopped by disposing it: answers under way are finished and recorded first.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RequestsUnderWay _requests;
    private readonly GatewayParts _parts;

    private GatewayHost(WebApplication app, RequestsUnderWay requests, GatewayParts parts)
    {
        _app = app;
        _requests = requests;
        _parts = parts;
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    /// <summary>The address on which the gateway listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public string Address { get; }

    /// <summary>Opens everything, writes the start record, and listens. When this returns, the gateway is ready.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="agreement">Its agreement.</param>
    /// <param name="gate">Rules whether the agreement may take effect; asked again at each reload that brings another bundle.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="GatewayStartException">Something it needs is missing or wrong, or the gate refuses the agreement.</exception>
    public static Task<GatewayHost> StartAsync(
        GatewaySettings settings, Agreement agreement, ActivationGate gate, CancellationToken cancellationToken) =>
        StartAsync(settings, agreement, gate, TimeProvider.System, cancellationToken);

    internal static async Task<GatewayHost> StartAsync(
        GatewaySettings settings, Agreement agreement, ActivationGate activation, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(agreement);
        ArgumentNullException.ThrowIfNull(activation);
        Preflight.CheckStart(settings, agreement, time);
        var certificate = settings.Tls is { } tls ? new TlsCertificate(TlsCertificate.Read(tls, time.GetUtcNow())) : null;
        var gate = Listening.GateOf(settings);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "holdpoint" });
        builder.WebHost.ListenAs(settings, gate, certificate);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Limits.Stop);
        builder.Logging.LogAs(settings.Logs);

        var app = builder.Build();
        var requests = new RequestsUnderWay();
        GatewayParts? parts = null;
        try
        {
            var loggers = app.Services.GetRequiredService<ILoggerFactory>();
            parts = await GatewayParts.OpenAsync(settings, agreement, activation, gate, certificate, time, loggers, cancellationToken);
            app.Use(requests.CountAsync);
            app.Use(new RequestTrace(parts.Telemetry).TraceAsync);
            app.Use(new RequestLog(loggers).LogAsync);
            app.UseListening(settings);
            app.MapHoldpoint(parts);
            await app.StartAsync(cancellationToken);
            return new GatewayHost(app, requests, parts);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            if (parts is not null)
            {
                await parts.DisposeAsync();
            }

            throw e is StoreRefusedException or StoreUnavailableException
                or RecordUnavailableException or IOException or UnauthorizedAccessException
                ? new GatewayStartException(e.Message, e)
                : e;
        }
    }

    /// <summary>
    /// Reads the configuration file and its agreement again and makes them active, or changes nothing and says why. Calls under way are
    /// finished under what they began with. Thread-safe.
    /// </summary>
    public Task<ReloadOutcome> ReloadAsync(CancellationToken cancellationToken) => _parts.Reloading.RunAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _requests.EndAsync();
        await _app.DisposeAsync();
        await _parts.DisposeAsync();
    }
}
