using System.CommandLine;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Changes;
using Holdpoint.Analysis.Solvers;

namespace Holdpoint.Cli.Proofs;

/// <summary><c>holdpoint impact DIR --without CLAUSE</c>: what striking a clause opens.</summary>
internal static class ImpactCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "The agreement's folder." };
    private static readonly Option<string> Without = new("--without") { Description = "The id of a clause or red line.", Required = true };

    public static Command Create()
    {
        var command = new Command("impact", "Show what striking a clause would open. Exit code 1 when something loosens or is not proved.")
        {
            Folder, Without, Solving.Json,
        };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var agreement = AgreementSource.Load(arguments.GetRequiredValue(Folder));
        var clause = new ClauseId(arguments.GetRequiredValue(Without));
        var difference = await Solving.AskAsync(
            Patience.First, solvers => new ChangeAnalysis(solvers).WithoutAsync(agreement, clause, cancellationToken));
        return difference is null
            ? throw CommandFailureException.Usage(
                $"there is no clause {clause}; "
                + $"there are {string.Join(", ", agreement.Clauses.Concat(agreement.RedLines).Select(c => c.Id))}")
            : DiffCommand.Answer(arguments, difference);
    }
}
