using System.CommandLine;
using System.Runtime.InteropServices;
using Holdpoint.Agreements;
using Holdpoint.Gateway;
using Holdpoint.Gateway.Activation;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Settings;

namespace Holdpoint.Cli.Serve;

/// <summary><c>serve --config FILE</c>: the gateway, until SIGTERM or SIGINT; SIGHUP has it read its configuration again.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Description = "The configuration file.", Required = true };
        var command = new Command("serve", "Run the gateway; prints one line `ready http://HOST:PORT`.") { config };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(
                SettingsFile.Read(parsed.GetValue(config)!), log => new ProvedAgreements(log).RuleAsync, reloads: true, cancellationToken));
        return command;
    }

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="gateOf">Makes what rules whether an agreement may take effect, and tells of it.</param>
    /// <param name="reloads">Whether SIGHUP has it read its configuration again; otherwise that ends it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> RunAsync(
        GatewaySettings settings, Func<ServeLog, ActivationGate> gateOf, bool reloads, CancellationToken cancellationToken)
    {
        // Signals first: a start may take as long as a solver does, and what is sent meanwhile is not to end the process.
        GatewayHost? started = null;
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var onHangUp = reloads ? PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload) : null;
        var agreement = LoadAgreement(settings.AgreementPath);
        using var loggers = LogOutput.CreateLoggers(settings);
        var log = new ServeLog(loggers.CreateLogger(ServeLog.Category));
        log.Starting(settings, agreement);
        try
        {
            await using var gateway = await GatewayHost.StartAsync(settings, agreement, gateOf(log), starting.Token);
            Volatile.Write(ref started, gateway);
            log.Listening(gateway.Address, settings);
            Console.WriteLine($"ready {gateway.Address}");
            await stop.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (starting.IsCancellationRequested && Volatile.Read(ref started) is null)
        {
            // Told to stop before it was ready: nothing was served, so there is nothing to finish.
            return ExitCode.Ok;
        }
        catch (GatewayStartException e)
        {
            throw CommandFailureException.Environment(e.Message);
        }

        void Reload(PosixSignalContext context)
        {
            // The default would end the process. What the reload comes to, the gateway logs and shows in its status.
            context.Cancel = true;
            if (Volatile.Read(ref started) is { } gateway)
            {
                _ = gateway.ReloadAsync(cancellationToken);
            }
            else
            {
                Console.Error.WriteLine("holdpoint: not ready yet, so SIGHUP is ignored");
            }
        }

        void Stop(PosixSignalContext context)
        {
            // The default would end the process at once; answers under way are to be finished and recorded first.
            context.Cancel = true;
            stop.TrySetResult();
            if (Volatile.Read(ref started) is null)
            {
                starting.Cancel();
            }
        }
    }

    private static Agreement LoadAgreement(string folder)
    {
        var loaded = AgreementFolder.Load(folder);
        return loaded.Agreement ?? throw CommandFailureException.Environment(
            "the agreement cannot be used:\n" + string.Join('\n', loaded.Problems.Select(problem => "  " + problem)));
    }
}
