using System.CommandLine;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Settings;

namespace Holdpoint.Cli.Log;

/// <summary><c>log export --config FILE DIR</c>: the log as files in the tlog-tiles layout, for anyone to verify.</summary>
internal static class LogExportCommand
{
    public static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Description = "The gateway's configuration file.", Required = true };
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "A new or empty folder, or that of an earlier export." };
        var command = new Command("export", "Write the log as tlog-tiles; the gateway may be running or stopped.") { config, folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(config)!, parsed.GetValue(folder)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo config, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var settings = SettingsFile.Read(config);
        try
        {
            using var signer = LogKeyFile.Read(settings);
            var export = await LogExporter.ExportAsync(settings, signer, folder.FullName, TimeProvider.System, cancellationToken);
            Console.WriteLine($"exported {export.Size} records to {folder}");
            if (export.Unsigned > 0)
            {
                Console.Error.WriteLine(
                    $"holdpoint: {export.Unsigned} newer records have no checkpoint yet and are not in it; export again in a second");
            }

            return ExitCode.Ok;
        }
        catch (Exception e) when (e is LogExportException or GatewayStartException)
        {
            throw CommandFailureException.Environment(e.Message);
        }
    }
}
