using System.CommandLine;
using Holdpoint.Cli.Cedar;

namespace Holdpoint.Cli.Tests.Cedar;

/// <summary>Runs a <c>cedar</c> command in this process, with what it prints.</summary>
internal static class CedarRun
{
    public static async Task<(int ExitCode, string Output, string Errors)> Of(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var parsed = CedarCommand.Create().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return (ExitCode.Usage, "", string.Join('\n', parsed.Errors.Select(e => e.Message)));
        }

        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors };
            var code = await parsed.InvokeAsync(configuration, TestContext.Current.CancellationToken);
            return (code, output.ToString().TrimEnd(), errors.ToString().TrimEnd());
        }
        catch (CommandFailureException failure)
        {
            return (failure.Code, output.ToString().TrimEnd(), failure.Message);
        }
    }
}
