using System.CommandLine;
using Holdpoint.Agreements;
using Holdpoint.Cli.Serve;
using Holdpoint.Gateway.Activation;

namespace Holdpoint.Cli.Demo;

/// <summary>
/// The demo's own <c>serve</c>, for machines without a solver: there the demo's agreement takes effect unproved, which the log says by an
/// activation without theorems. It is no way around the gate: it serves no model but the echo, and reads its configuration once.
/// </summary>
internal static class DemoGatewayCommand
{
    public const string Name = "gateway";

    public static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Required = true };
        var command = new Command(Name) { config };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(config)!, cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(FileInfo config, CancellationToken cancellationToken)
    {
        var settings = SettingsFile.Read(config);
        return settings.IsEchoAlone
            ? ServeCommand.RunAsync(settings, _ => AdmitUnproved, reloads: false, cancellationToken)
            : throw CommandFailureException.Environment("the demo serves the built-in echo and no other upstream; `serve` does");
    }

    private static Task<ActivationRuling> AdmitUnproved(Agreement agreement, string folder, CancellationToken cancellationToken) =>
        Task.FromResult<ActivationRuling>(new ActivationRuling.Admitted([], [], Proof: null));
}
