using System.CommandLine;
using Holdpoint.Analysis.Solvers;

namespace Holdpoint.Cli.Proofs;

/// <summary>The options and the solver pool that the commands with solvers share.</summary>
internal static class Solving
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    /// <summary>Asks the installed solvers.</summary>
    /// <param name="patience">Which answers to wait for.</param>
    /// <param name="ask">What to ask.</param>
    /// <exception cref="CommandFailureException">None is installed, one broke, or two contradict each other.</exception>
    public static async Task<T> AskAsync<T>(Patience patience, Func<SolverPool, Task<T>> ask)
    {
        try
        {
            using var solvers = new SolverPool(SolverTool.Installed(), patience: patience);
            return await ask(solvers);
        }
        catch (SolverException fault)
        {
            throw CommandFailureException.Environment(fault.Message);
        }
    }
}
