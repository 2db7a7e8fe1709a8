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
            if (admitted is not null)
            {
                await records.AppendAsync(Activating.RecordOf(admitted, next.Bundle.Digest));
            }

            await records.AppendAsync(new()
            {
                Kind = RecordKind.Reload,
                Bundle = next.Bundle.Digest,
                Digests = [new("configuration", settings.Digest)],
            });
            Activate(next, certificate);
        }
        catch (Exception e) when (e is RecordUnavailableException or StoreUnavailableException)
        {
            throw new GatewayStartException("it cannot be recorded now, so it is not made; try again", e);
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

    [LoggerMessage(EventId = 9001, Level = LogLevel.Information, Message = "Reloaded: bundle {Bundle}, configuration {Configuration}")]
    private partial void LogTaken(string bundle, string configuration);

    [LoggerMessage(
        EventId = 9002,
        Level = LogLevel.Error,
        Message = "The reload was refused; the previous configuration stays active: {Problems}")]
    private partial void LogRefused(string problems);
}
