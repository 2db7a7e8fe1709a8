using System.Net.Security;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Activation;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Hosting;

/// <summary>
/// Replaces configuration, agreement, keys and certificate while calls go on. All of it is read, checked and recorded before anything
/// changes; what is wrong in any part changes nothing. One at a time; thread-safe.
/// </summary>
internal sealed partial class Reloading(
    ActiveConfigurations configurations,
    Activating activating,
    EvidenceIntake intake,
    RecordLog records,
    TlsCertificate? served,
    Reloading.Create create,
    TimeProvider time,
    ILogger<Reloading> logger) : IDisposable
{
    /// <summary>Makes what calls are handled under from a configuration and its agreement.</summary>
    internal delegate Task<ActiveConfiguration> Create(
        GatewaySettings settings, Agreement agreement, ActiveConfiguration? previous, CancellationToken cancellationToken);

    private readonly SemaphoreSlim _one = new(1);
    private volatile ReloadOutcome? _last;

    /// <summary>The outcome of the newest reload; null before the first.</summary>
    public ReloadOutcome? Last => _last;

    public async Task<ReloadOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var outcome = new ReloadOutcome(time.GetUtcNow(), []);
            try
            {
                await ReplaceAsync(cancellationToken);
                var active = configurations.Current;
                var (bundle, configuration) = (active.Bundle.Agreement.Bundle.ToString(), active.Settings.Digest.ToHex());
                LogTaken(bundle, configuration);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The boundary of a reload. Anything but a problem of the operator's files is told by its type: a
                // message can quote what was read.
                var problems = e is GatewayStartException ? e.Message : $"an error of the gateway itself ({e.GetType().Name})";
                outcome = outcome with { Problems = [.. problems.Split('\n')] };
                LogRefused(problems);
            }

            return _last = outcome;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        var before = configurations.Current;
        var settings = ReadSettings(before.Settings);
        var agreement = ReadAgreement(settings);
        Preflight.CheckReload(settings, agreement, time);
        var certificate = settings.Tls is { } tls ? TlsCertificate.Read(tls, time.GetUtcNow()) : null;
        var admitted = agreement.Bundle == before.Bundle.Agreement.Bundle
            ? null
            : await activating.AdmitAsync(agreement, settings.AgreementPath, cancellationToken);
        try
        {
            // Evidence that were posted between its reading and the change would be known to the old configuration only.
            using var pause = await intake.PauseAsync(cancellationToken);
            var next = await create(settings, agreement, before, cancellationToken);
            await RecordAsync(next, admitted);
            Activate(next, certificate);
        }
        catch (Exception e) when (e is RecordUnavailableException or StoreUnavailableException)
        {
            throw new GatewayStartException("it cannot be recorded now, so it is not made; try again", e);
        }
    }

    /// <summary>
    /// From the first of its records on, nothing is recorded that relies on what it takes away; so whoever is told of the reload finds
    /// everything decided before it on record.
    /// </summary>
    private async Task RecordAsync(ActiveConfiguration next, ActivationRuling.Admitted? admitted)
    {
        var announcement = new Announcement(configurations, next);
        try
        {
            if (admitted is not null)
            {
                await records.AppendWithAsync(Activating.RecordOf(admitted, next.Bundle.Digest), announcement.Make);
            }

            await records.AppendWithAsync(
                new()
                {
                    Kind = RecordKind.Reload,
                    Bundle = next.Bundle.Digest,
                    Digests = [new("configuration", next.Settings.Digest)],
                },
                announcement.Make);
        }
        catch
        {
            announcement.Withdraw();
            throw;
        }
    }

    private void Activate(ActiveConfiguration next, SslStreamCertificateContext? certificate)
    {
        configurations.Replace(next);
        if (certificate is not null)
        {
            served!.Use(certificate);
        }
    }

    private static GatewaySettings ReadSettings(GatewaySettings before)
    {
        var read = SettingsReader.Read(before.Path);
        var settings = read.Settings ?? throw new GatewayStartException(string.Join('\n', read.Problems));
        return RestartOnly.Changed(before, settings) is [] ? settings : throw new GatewayStartException(string.Join(
            '\n', RestartOnly.Changed(before, settings).Select(key => $"{key}: changes at a restart only")));
    }

    private static Agreement ReadAgreement(GatewaySettings settings)
    {
        try
        {
            var loaded = AgreementFolder.Load(settings.AgreementPath);
            return loaded.Agreement ?? throw new GatewayStartException(
                string.Join('\n', loaded.Problems.Select(problem => $"agreement: {problem}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GatewayStartException($"agreement: {FileFault.Of(e)}; let the gateway's user read the whole folder", e);
        }
    }

    /// <summary>
    /// Announces a configuration with its record, on the writer's thread; or, once that was given up, never. A record that is still being
    /// written after the longest wait must not announce what is not made.
    /// </summary>
    private sealed class Announcement(ActiveConfigurations configurations, ActiveConfiguration next)
    {
        private readonly Lock _lock = new();
        private bool _isWithdrawn;

        public bool Make(StoreConnection connection, long index)
        {
            lock (_lock)
            {
                if (!_isWithdrawn)
                {
                    configurations.Announce(next);
                }

                return !_isWithdrawn;
            }
        }

        public void Withdraw()
        {
            lock (_lock)
            {
                _isWithdrawn = true;
                configurations.Withdraw();
            }
        }
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Information, Message = "Reloaded: bundle {Bundle}, configuration {Configuration}")]
    private partial void LogTaken(string bundle, string configuration);

    [LoggerMessage(
        EventId = 9002,
        Level = LogLevel.Error,
        Message = "The reload was refused; the previous configuration stays active: {Problems}")]
    private partial void LogRefused(string problems);
}
