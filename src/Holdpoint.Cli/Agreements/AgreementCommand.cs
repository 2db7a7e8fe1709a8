using System.CommandLine;

namespace Holdpoint.Cli.Agreements;

/// <summary><c>holdpoint agreement</c>: what helps to write an agreement.</summary>
internal static class AgreementCommand
{
    public static Command Create() => new("agreement", "Help with writing an agreement.") { AgreementToolsCommand.Create() };
}
