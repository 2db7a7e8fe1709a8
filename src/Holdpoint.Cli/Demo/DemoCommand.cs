using System.CommandLine;

namespace Holdpoint.Cli.Demo;

/// <summary><c>demo [--once]</c>: the story, on this machine, with the real gateway over real HTTP.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Exit at the end instead of leaving the gateway up." };
        var command = new Command(
            "demo", "Show a call refused, attested, permitted and proved: SQLite, echo, no network, no keys.") { once };
        command.Add(DemoGatewayCommand.Create());
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(once), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool once, CancellationToken cancellationToken)
    {
        using var stage = DemoStage.Create();
        await using var story = new DemoStory(stage, Console.Out);
        var isAsTold = await story.TellAsync(leaveGatewayUp: !once, cancellationToken);
        return isAsTold ? ExitCode.Ok : ExitCode.No;
    }
}
