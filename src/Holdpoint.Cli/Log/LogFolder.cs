using Holdpoint.Log.Verification;

namespace Holdpoint.Cli.Log;

/// <summary>A log exported into a folder, as files of the tlog-tiles layout.</summary>
internal sealed class LogFolder(string path)
{
    // The names come from the verifier, never from the log, so they cannot lead out of the folder.
    public async ValueTask<LogFile> ReadAsync(string name, int maxBytes, CancellationToken cancellationToken)
    {
        var file = Path.Combine(path, name);
        return File.Exists(file) ? LogFile.Found(await BoundedFile.ReadAsync(file, maxBytes, cancellationToken)) : LogFile.Missing;
    }
}
