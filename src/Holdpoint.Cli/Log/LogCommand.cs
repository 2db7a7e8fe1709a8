using System.CommandLine;

namespace Holdpoint.Cli.Log;

/// <summary><c>holdpoint log</c>: what an operator does with the log itself.</summary>
internal static class LogCommand
{
    public static Command Create() => new("log", "Work on the log of a store.")
    {
        LogExportCommand.Create(),
    };
}
