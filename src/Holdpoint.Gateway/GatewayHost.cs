using Holdpoint.Agreements;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway;

/// <summary>A running gateway. Started once, stopped by disposing it: answers under way are finished and recorded first.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    /// <summary>How long answers under way may take to finish at a stop. Default 30 s, as orchestrators commonly wait before they kill.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly GatewayParts _parts;

    private GatewayHost(WebApplication app, GatewayParts parts)
    {
        _app = app;
        _parts = parts;
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public string Address { get; }

    /// <summary>Opens everything, writes the start record, and listens. When this returns, the gateway is ready.</summary>
    /// <exception cref="GatewayStartException">Something it needs is missing or wrong.</exception>
    public static async Task<GatewayHost> StartAsync(GatewaySettings settings, Agreement agreement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(agreement);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "holdpoint" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Limits.BodyBytes;
            kestrel.Limits.MaxConcurrentConnections = settings.Limits.Connections;
            kestrel.Listen(settings.Listen);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);

        // Standard output carries the line `ready …` and nothing else.
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Holdpoint", LogLevel.Information);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);

        var app = builder.Build();
        GatewayParts? parts = null;
        try
        {
            parts = await GatewayParts.OpenAsync(settings, agreement, TimeProvider.System, app.Services.GetRequiredService<ILoggerFactory>(), cancellationToken);
            app.MapHoldpoint(parts);
            await app.StartAsync(cancellationToken);
            return new GatewayHost(app, parts);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            if (parts is not null)
            {
                await parts.DisposeAsync();
            }

            throw e is StoreRefusedException or StoreUnavailableException or RecordUnavailableException or IOException or UnauthorizedAccessException
                ? new GatewayStartException(e.Message, e)
                : e;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _parts.DisposeAsync();
    }
}
