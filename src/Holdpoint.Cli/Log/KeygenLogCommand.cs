using System.CommandLine;
using Holdpoint.Log.Notes;

namespace Holdpoint.Cli.Log;

/// <summary><c>holdpoint keygen log</c>: the key that signs a log's checkpoints. Prints what auditors need, the vkey.</summary>
internal static class KeygenLogCommand
{
    private static readonly Option<string> Origin =
        new("--origin") { Description = "The log's name, e.g. example.org/holdpoint; no spaces, no plus.", Required = true };
    private static readonly Option<string> Out =
        new("--out") { Description = "The file for the private key; must not exist.", Required = true };

    public static Command Create()
    {
        var command = new Command("log", "Make the key of a log and print its verifier key.") { Origin, Out };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        using var signer = Generate(arguments.GetRequiredValue(Origin));
        PrivateFile.Create(arguments.GetRequiredValue(Out), signer.ExportPrivateKey() + "\n");
        arguments.InvocationConfiguration.Output.WriteLine(signer.VerifierKey);
        return ExitCode.Ok;
    }

    private static NoteSigner Generate(string origin)
    {
        try
        {
            return NoteSigner.Generate(origin);
        }
        catch (ArgumentException)
        {
            throw CommandFailureException.Usage("--origin must not be empty and must have no space, no control character and no plus");
        }
    }
}
