using Holdpoint.Agreements;

namespace Holdpoint.Cli.Proofs;

/// <summary>The agreement in a folder that was named on the command line.</summary>
internal static class AgreementSource
{
    /// <exception cref="CommandFailureException">There is no folder, or what is in it is no agreement.</exception>
    public static Agreement Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw CommandFailureException.Environment($"{folder} is not a folder");
        }

        var loaded = AgreementFolder.Load(folder);
        return loaded.Agreement ?? throw CommandFailureException.Environment(
            $"the agreement in {folder} cannot be used:\n" + string.Join('\n', loaded.Problems.Select(problem => "  " + problem)));
    }
}
