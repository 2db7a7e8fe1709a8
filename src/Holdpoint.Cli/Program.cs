using System.CommandLine;
using Holdpoint.Cli;
using Holdpoint.Cli.Agreements;
using Holdpoint.Cli.Cedar;
using Holdpoint.Cli.Demo;
using Holdpoint.Cli.Evidence;
using Holdpoint.Cli.Holds;
using Holdpoint.Cli.Log;
using Holdpoint.Cli.Proofs;
using Holdpoint.Cli.Serve;

var root = new RootCommand("Holdpoint: a safety stack for AI deployments.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    KeygenCommand.Create(),
    AttestCommand.Create(),
    ApproveCommand.Create(),
    HoldsCommand.Create(),
    VerifyCommand.Create(),
    CheckCommand.Create(),
    ProveCommand.Create(),
    ImpactCommand.Create(),
    DiffCommand.Create(),
    LogCommand.Create(),
    AgreementCommand.Create(),
    CedarCommand.Create(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"holdpoint: {error.Message}");
    }

    return ExitCode.Usage;
}

try
{
    // No time-out of the library's: `serve` itself bounds how long answers under way may take to finish.
    return await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (CommandFailureException failure)
{
    await Console.Error.WriteLineAsync($"holdpoint: {failure.Message}");
    return failure.Code;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    // The boundary for files and sockets that no command expected to fail: an environment fault, not a bug report.
    await Console.Error.WriteLineAsync($"holdpoint: {e.Message}");
    return ExitCode.Environment;
}
