using System.CommandLine;
using Holdpoint.Cli.Evidence;
using Holdpoint.Cli.Log;

namespace Holdpoint.Cli;

/// <summary><c>holdpoint keygen</c>: new keys, each kind a subcommand.</summary>
internal static class KeygenCommand
{
    public static Command Create() =>
        new("keygen", "Make a new key. The private part goes to a file of mode 0600, never over an existing one.")
    {
        KeygenSignerCommand.Create(),
        KeygenClientCommand.Create(),
        KeygenLogCommand.Create(),
    };
}
