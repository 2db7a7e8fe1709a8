using System.CommandLine;

namespace Holdpoint.Cli.Holds;

/// <summary><c>holdpoint holds show</c>: what one hold is about. That it was looked at is recorded.</summary>
internal static class HoldsShowCommand
{
    private static readonly Argument<string> Hold = new("HOLD") { Description = "The hold's id." };
    private static readonly Option<string> Url = ControlPlane.UrlOption();
    private static readonly Option<string> ApiKeyEnv = ControlPlane.ApiKeyEnvOption();
    private static readonly Option<bool> Json = new("--json") { Description = "Print the gateway's answer as it is." };

    public static Command Create()
    {
        var command = new Command("show", "Show what a hold is about.") { Hold, Url, ApiKeyEnv, Json };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var id = HoldIdArgument.Parse(arguments.GetRequiredValue(Hold));
        using var gateway = ControlPlane.Open(arguments, Url, ApiKeyEnv);
        var answer = await gateway.GetAsync("/holdpoint/holds/" + id, cancellationToken);
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            await output.WriteLineAsync(answer.ToJsonString());
        }
        else
        {
            await output.WriteAsync(ShownHold.Check(answer, id).Describe());
        }

        return ExitCode.Ok;
    }
}
