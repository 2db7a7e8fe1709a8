using System.CommandLine;
using System.Text;
using Holdpoint.Log.Notes;

namespace Holdpoint.Cli.Log;

/// <summary><c>holdpoint keygen log</c>: the key that signs a log's checkpoints. Prints what auditors need, the vkey.</summary>
internal static class KeygenLogCommand
{
    private static readonly Option<string> Origin = new("--origin") { Description = "The log's name, e.g. example.org/holdpoint; no spaces, no plus.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "The file for the private key; must not exist.", Required = true };

    public static Command Create()
    {
        var command = new Command("log", "Make the key of a log and print its verifier key.") { Origin, Out };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        using var signer = Generate(arguments.GetRequiredValue(Origin));
        var path = arguments.GetRequiredValue(Out);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // from its first moment on, not by a later chmod
        }

        try
        {
            using var file = new FileStream(path, options);
            file.Write(Encoding.UTF8.GetBytes(signer.ExportPrivateKey() + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw CommandFailureException.Environment($"{path} exists and is not overwritten; choose another name");
        }

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
