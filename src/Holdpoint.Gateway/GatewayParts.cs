using System.Collections.Immutable;
using System.Security.Cryptography;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Signals;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Wire;
using Holdpoint.Gateway.Wire.OpenAi;
using Holdpoint.Log;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway;

/// <summary>Everything that a gateway consists of, opened in order and closed in reverse. One snapshot for the life of the process.</summary>
internal sealed class GatewayParts : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _opened = new();

    private GatewayParts(GatewaySettings settings, Agreement agreement)
    {
        Settings = settings;
        Agreement = agreement;
        Clients = new(settings.Clients);
    }

    public GatewaySettings Settings { get; }

    public Agreement Agreement { get; }

    public ClientRegistry Clients { get; }

    public UnidentifiedTraffic Strangers { get; } = new();

    public Store Store { get; private set; } = null!;

    public RecordLog Records { get; private set; } = null!;

    public CheckpointSigner Signer { get; private set; } = null!;

    public EvidenceIntake Intake { get; private set; } = null!;

    public UpstreamRegistry Upstreams { get; private set; } = null!;

    public ImmutableArray<WireFormat> Formats { get; private set; }

    public Decider Decider { get; private set; } = null!;

    public CallPath CallPath { get; private set; } = null!;

    /// <summary>Whether records can be written and signed now.</summary>
    public bool IsReady => !Store.IsFailing && Signer.Fault is null;

    /// <summary>Opens the store, the log and its signer, loads the evidence and makes the way of a call.</summary>
    /// <exception cref="GatewayStartException">Something it needs is missing or wrong.</exception>
    /// <exception cref="StoreRefusedException">The store cannot be opened, or must not be.</exception>
    public static async Task<GatewayParts> OpenAsync(
        GatewaySettings settings, Agreement agreement, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        RequireKnownDeployments(settings, agreement);
        var parts = new GatewayParts(settings, agreement);
        try
        {
            await parts.OpenAsync(time, loggers, cancellationToken);
            return parts;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_opened.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task OpenAsync(TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var detectors = CreateDetectors();
        var wireLimits = WireLimits.Default with { MaxBodyBytes = Settings.Limits.BodyBytes, MaxAnswerBytes = Settings.Limits.AnswerBytes };
        Formats = [new OpenAiChat(Settings.ExtraFields, wireLimits)];
        Upstreams = UpstreamFactory.Create(Settings, wireLimits, time);
        _opened.Push(new Closing(Upstreams));

        Store = Opened(Store.Open(new StoreOptions { Path = Settings.StorePath }, time, loggers.CreateLogger<Store>()));
        Records = await RecordLog.OpenAsync(Store, time, loggers.CreateLogger<RecordLog>(), cancellationToken);
        var key = LogKeyFile.Read(Settings);
        _opened.Push(new Closing(key));
        Signer = Opened(await CheckpointSigner.OpenAsync(
            Store, Records, key, Settings.LogGuardPath, loggers.CreateLogger<CheckpointSigner>(), cancellationToken));

        var evidence = await EvidenceCatalog.LoadAsync(Store, Agreement.Issuers, new EvidenceLimits(), time.GetUtcNow(), cancellationToken);
        Intake = new EvidenceIntake(evidence, Store, time);
        _opened.Push(new Closing(Intake));

        Decider = new Decider(Agreement, Records);
        await RecordStartAsync();
        Opened(new UnidentifiedReport(Strangers, Records, time));
        CallPath = new CallPath(
            Clients,
            Strangers,
            Settings.Limits,
            new Routes(Upstreams, Settings.Upstreams),
            Agreement,
            new Establishing(Agreement, evidence, detectors, time),
            Decider,
            Records,
            loggers.CreateLogger<CallPath>());
    }

    /// <summary>The first record of a run says what it runs on: bundle, configuration and program, by their digests.</summary>
    private async Task RecordStartAsync()
    {
        await Decider.RecordAsync(new()
        {
            Kind = RecordKind.Start,
            Bundle = Decider.Bundle,
            Digests = [new("binary", ProgramDigest()), new("configuration", Settings.Digest)],
        });
        _opened.Push(new Stopping(Records, Decider.Bundle));
    }

    // The assemblies of our own, in the order of their names: what the decisions are made by.
    private static Hash ProgramDigest()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*oldpoint*.dll").Order(StringComparer.Ordinal))
        {
            all.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Hash.FromBytes(all.GetHashAndReset());
    }

    private Detectors CreateDetectors()
    {
        try
        {
            return Detectors.Create(Agreement.Phrases);
        }
        catch (Exception e) when (e is ArgumentException or PlatformNotSupportedException)
        {
            throw new GatewayStartException(e.Message, e);
        }
    }

    private static void RequireKnownDeployments(GatewaySettings settings, Agreement agreement)
    {
        var registered = agreement.Deployments.Select(deployment => deployment.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = settings.Clients.Select(client => client.Deployment).Where(name => !registered.Contains(name)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            throw new GatewayStartException(
                $"clients name deployments that the agreement does not register: {string.Join(", ", unknown)}; it registers {string.Join(", ", registered.Order(StringComparer.Ordinal))}");
        }
    }

    private T Opened<T>(T part)
        where T : IAsyncDisposable
    {
        _opened.Push(part);
        return part;
    }

    /// <summary>Says in the log that the gateway ended in good order; that a start follows no stop tells of a crash.</summary>
    private sealed class Stopping(RecordLog records, Hash bundle) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            _ = records.TryAppend(new() { Kind = RecordKind.Stop, Bundle = bundle });
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Closing(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
