using System.CommandLine;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Cli.Serve;
using Holdpoint.Gateway.Activation;

namespace Holdpoint.Cli.Demo;

/// <summary>
/// The demo's own <c>serve</c>, for machines without a solver: there the demo's agreement takes effect unproved, which the log says by an
/// activation without theorems. Where there is a solver it is <c>serve</c>.
/// </summary>
internal static class DemoGatewayCommand
{
    public const string Name = "gateway";

    public static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Required = true };
        var command = new Command(Name) { config };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => ServeCommand.RunAsync(
            parsed.GetValue(config)!,
            SolverTool.Installed().IsEmpty ? (_, _, _) => Task.FromResult<ActivationRuling>(new ActivationRuling.Admitted([], [], Proof: null)) : ProvedAgreements.RuleAsync,
            cancellationToken));
        return command;
    }
}
