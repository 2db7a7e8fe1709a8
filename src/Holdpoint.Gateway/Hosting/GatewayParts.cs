using System.Reflection;
using System.Security.Cryptography;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Activation;
using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Telemetry;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Log;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Hosting;

/// <summary>Everything that a gateway consists of, opened in order and closed in reverse.</summary>
internal sealed class GatewayParts : IAsyncDisposable
{
    private readonly OpenedParts _opened;
    private TimeProvider _time = TimeProvider.System;
    private CircuitLog? _circuits;

    private GatewayParts(OpenedParts opened) => _opened = opened;

    /// <summary>The configuration under which calls are handled; everything else here lives as long as the process.</summary>
    public ActiveConfigurations Configurations { get; private set; } = null!;

    public CallSlots Slots { get; } = new();

    public ContentBudget Content { get; } = new();

    public UnidentifiedTraffic Strangers { get; } = new();

    public Store Store { get; private set; } = null!;

    public RecordLog Records { get; private set; } = null!;

    public CheckpointSigner Signer { get; private set; } = null!;

    public EvidenceIntake Intake { get; private set; } = null!;

    public HoldBook Holds { get; private set; } = null!;

    public TimeProvider Time => _time;

    public Boundary Boundary { get; private set; } = null!;

    public CallPath CallPath { get; private set; } = null!;

    public GatewayTelemetry Telemetry { get; } = new();

    public Activating Activating { get; private init; } = null!;

    public Reloading Reloading { get; private set; } = null!;

    /// <summary>Null without TLS.</summary>
    public TlsCertificate? Certificate { get; private init; }

    public ConnectionLimit Connections { get; private init; } = null!;

    public static string Version { get; } =
        typeof(GatewayParts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>SHA-256 over the assemblies of our own, in the order of their names: what the decisions are made by.</summary>
    public Hash Program { get; } = ProgramDigest();

    public DateTimeOffset Started { get; private init; }

    /// <summary>Whether records can be written and signed now.</summary>
    public bool IsReady => Store.Look() is null && !Store.IsFailing && Signer.Fault is null;

    /// <summary>Opens the store, the log and its signer, loads the evidence and makes the way of a call.</summary>
    /// <exception cref="GatewayStartException">Something it needs is missing or wrong.</exception>
    /// <exception cref="StoreRefusedException">The store cannot be opened, or must not be.</exception>
    public static async Task<GatewayParts> OpenAsync(
        GatewaySettings settings,
        Agreement agreement,
        ActivationGate activation,
        ConnectionLimit connections,
        TlsCertificate? certificate,
        TimeProvider time,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var parts = new GatewayParts(new OpenedParts(loggers.CreateLogger<OpenedParts>()))
        {
            Activating = new(activation), Connections = connections, Certificate = certificate, Started = time.GetUtcNow(),
        };
        try
        {
            var admitted = await parts.Activating.AdmitAsync(agreement, settings.AgreementPath, cancellationToken);
            await parts.OpenAllAsync(settings, agreement, admitted, time, loggers, cancellationToken);
            return parts;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes what calls are handled under from a configuration and its agreement.</summary>
    /// <exception cref="GatewayStartException">The two do not fit together, or something that they name is missing.</exception>
    /// <exception cref="StoreUnavailableException">The evidence cannot be read.</exception>
    public Task<ActiveConfiguration> CreateConfigurationAsync(
        GatewaySettings settings, Agreement agreement, ActiveConfiguration? previous, CancellationToken cancellationToken)
    {
        if (settings.Webhook is { } webhook)
        {
            // Looked at now, so that a secret that is missing stops the start instead of every notice.
            _ = WebhookSecret.Read(webhook.Secret);
        }

        return ActiveConfiguration.CreateAsync(settings, agreement, Store, _time, cancellationToken, previous, _circuits!.Tell);
    }

    public ValueTask DisposeAsync() => _opened.DisposeAsync();

    private async Task OpenAllAsync(
        GatewaySettings settings,
        Agreement agreement,
        ActivationRuling.Admitted admitted,
        TimeProvider time,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        Store = _opened.Add(GatewayStore.Open(new() { Path = settings.StorePath }, time, loggers.CreateLogger<Store>()));
        Records = await RecordLog.OpenAsync(
            Store, time, loggers.CreateLogger<RecordLog>(), cancellationToken: cancellationToken);
        var key = LogKeyFile.Read(settings);
        _opened.Add(key);
        var copy = GuardCopy.At(settings.LogGuardCopyPath, key.VerifierKey, loggers.CreateLogger<GuardCopy>());
        Signer = _opened.Add(await CheckpointSigner.OpenAsync(
            Store, Records, key, settings.LogGuardPath, copy, loggers.CreateLogger<CheckpointSigner>(), cancellationToken));

        _time = time;
        _opened.Add(Telemetry);
        _circuits = new CircuitLog(loggers.CreateLogger<CircuitLog>());
        Configurations = new(await CreateConfigurationAsync(settings, agreement, previous: null, cancellationToken));
        _opened.Add(Configurations);
        Intake = new EvidenceIntake(() => Configurations.Current.Bundle.Evidence, Records, time);
        _opened.Add(Intake);
        Reloading = new Reloading(
            Configurations, Activating, Intake, Records, Certificate, CreateConfigurationAsync, time, loggers.CreateLogger<Reloading>());
        _opened.Add(Reloading);

        await RecordStartAsync(admitted);
        Telemetry.Watch(new(
            () => Slots.UnderWay, () => Connections.Open, () => Records.Size, () => Strangers.Total, () => IsReady));
        if (settings.Telemetry is { } export)
        {
            _opened.Add(new OtlpExport(export, Version, Records.Gateway));
        }

        _opened.Add(new MinuteReport(Records, time, report =>
            report.Tell(new() { Kind = RecordKind.Unidentified }, Strangers.Take, Strangers.GiveBack)));
        var notices = _opened.Add(new WebhookNotices(
            () => Configurations.Current.Settings.Webhook, Store, time, loggers.CreateLogger<WebhookNotices>()));
        var seal = ContentSeal.Open(settings.HoldKeyPath);
        Holds = await HoldBook.OpenAsync(
            Store, Records, seal, new HoldLimits(), time, notices.Wake, cancellationToken);
        _opened.Add(new HoldSweep(Holds, time, loggers.CreateLogger<HoldSweep>()));
        var loads = new ClientLoads();
        _opened.Add(new MinuteReport(Records, time, loads.ReportTo));
        Boundary = new Boundary(
            Configurations, Content, loads, Strangers, Records, time, loggers.CreateLogger<Boundary>());
        var received = new ReceivedValues(Store, seal.KeyFor("received values v1"), time);
        CallPath = new CallPath(
            Boundary, Configurations, Slots, new Forwarding(new RetryBudget(), Telemetry, time), Holds, received, Records, time);
    }

    /// <summary>
    /// The first records of a run: what it runs on (bundle, configuration and program, by their digests), and
    /// why the bundle may take effect.
    /// </summary>
    private async Task RecordStartAsync(ActivationRuling.Admitted admitted)
    {
        var active = Configurations.Current;
        await Records.AppendAsync(new()
        {
            Kind = RecordKind.Start,
            Bundle = active.Bundle.Digest,
            Digests = [new("binary", Program), new("configuration", active.Settings.Digest)],
        });
        await Records.AppendAsync(Activating.RecordOf(admitted, active.Bundle.Digest));
        _opened.Add(new Stopping(Records, Configurations));
    }

    private static Hash ProgramDigest()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*oldpoint*.dll").Order(StringComparer.Ordinal))
        {
            all.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Hash.FromBytes(all.GetHashAndReset());
    }

    /// <summary>Says in the log that the gateway ended in good order; that a start follows no stop tells of a crash.</summary>
    private sealed class Stopping(RecordLog records, ActiveConfigurations configurations) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            _ = records.TryAppend(new() { Kind = RecordKind.Stop, Bundle = configurations.Current.Bundle.Digest });
            return ValueTask.CompletedTask;
        }
    }
}
