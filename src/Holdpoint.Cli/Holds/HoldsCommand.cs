using System.CommandLine;

namespace Holdpoint.Cli.Holds;

/// <summary><c>holdpoint holds</c>: what waits for people.</summary>
internal static class HoldsCommand
{
    public static Command Create() =>
        new("holds", "Look at holds that wait for people.") { HoldsListCommand.Create(), HoldsShowCommand.Create() };
}
