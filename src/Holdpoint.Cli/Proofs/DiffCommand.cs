using System.CommandLine;
using Holdpoint.Analysis.Changes;
using Holdpoint.Analysis.Solvers;

namespace Holdpoint.Cli.Proofs;

/// <summary><c>holdpoint diff DIR DIR</c>: what one agreement permits, holds or refuses and the other does not.</summary>
internal static class DiffCommand
{
    private static readonly Argument<string> Before = new("BEFORE") { Description = "The folder of the agreement before the change." };
    private static readonly Argument<string> After = new("AFTER") { Description = "The folder of the agreement after the change." };

    public static Command Create()
    {
        var command = new Command(
            "diff", "Show what changes from one agreement to another. Exit code 1 when something loosens or is not proved.")
        {
            Before, After, Solving.Json,
        };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (before, after) =
            (AgreementSource.Load(arguments.GetRequiredValue(Before)), AgreementSource.Load(arguments.GetRequiredValue(After)));
        var difference = await Solving.AskAsync(
            Patience.First, solvers => new ChangeAnalysis(solvers).BetweenAsync(before, after, cancellationToken));
        return Answer(arguments, difference);
    }

    /// <summary>Prints a difference; the exit code says whether anything loosens.</summary>
    public static int Answer(ParseResult arguments, Difference difference)
    {
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Solving.Json))
        {
            output.WriteLine(ProofJson.Of(difference));
        }
        else
        {
            DifferenceText.Print(difference, output);
        }

        return difference.IsTightening ? ExitCode.Ok : ExitCode.No;
    }
}
