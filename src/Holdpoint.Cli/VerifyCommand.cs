using System.CommandLine;
using Holdpoint.Cli.Log;

namespace Holdpoint.Cli;

/// <summary><c>holdpoint verify</c>: what an outsider checks with public keys alone.</summary>
internal static class VerifyCommand
{
    public static Command Create() =>
        new("verify", "Verify a receipt or a whole log offline. Exit code 0 when it verifies, 1 when it does not.")
    {
        VerifyReceiptCommand.Create(),
        VerifyLogCommand.Create(),
    };
}
