using System.CommandLine;
using System.Text.Json;
using Holdpoint.Analysis.Solvers;

namespace Holdpoint.Cli.Tests.Proofs;

/// <summary>A run, in this process, of a command that asks solvers. Skips, visibly, where there are none.</summary>
internal sealed record AnalysisRun(int Code, string Output)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public IEnumerable<Way> Ways => Way.In(Json);

    public static async Task<AnalysisRun> OfAsync(Command command, params string[] arguments)
    {
        SkipWithoutSolvers();
        using var output = new StringWriter();
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output };
            var code = await command.Parse(arguments).InvokeAsync(configuration, TestContext.Current.CancellationToken);
            return new(code, output.ToString().TrimEnd());
        }
        catch (CommandFailureException failure)
        {
            return new(failure.Code, failure.Message);
        }
    }

    public static void SkipWithoutSolvers() => Assert.SkipWhen(SolverTool.Installed().IsEmpty, "neither z3 nor cvc5 is installed");
}
