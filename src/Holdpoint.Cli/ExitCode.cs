namespace Holdpoint.Cli;

/// <summary>The exit codes of every command; a contract (docs/reference/commands.md), never renumbered.</summary>
internal static class ExitCode
{
    /// <summary>As asked.</summary>
    public const int Ok = 0;

    /// <summary>The answer is no: denied, refused, not proved, does not verify.</summary>
    public const int No = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file, a server or a solver is missing or unreadable.</summary>
    public const int Environment = 3;
}
