namespace Holdpoint.Cli;

/// <summary>
/// Ends a command with one line on stderr and an exit code. The message says what to do next and holds no secret.
/// </summary>
internal sealed class CommandFailureException(int exitCode, string message) : Exception(message)
{
    public int Code { get; } = exitCode;

    public static CommandFailureException Usage(string message) => new(ExitCode.Usage, message);

    public static CommandFailureException Environment(string message) => new(ExitCode.Environment, message);
}
