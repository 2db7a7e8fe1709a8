using Holdpoint.Gateway.Settings;

namespace Holdpoint.Cli;

/// <summary>Reads a configuration file for a command; what is wrong with it ends the command with exit code 3.</summary>
internal static class SettingsFile
{
    public static GatewaySettings Read(FileInfo file)
    {
        var result = SettingsReader.Read(file.FullName);
        return result.Settings ?? throw CommandFailureException.Environment(
            $"the configuration {file.Name} cannot be used:\n" + string.Join('\n', result.Problems.Select(problem => "  " + problem)));
    }
}
