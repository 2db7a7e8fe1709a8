using System.Diagnostics;

namespace Holdpoint.Cli.Demo;

/// <summary>The folder in which the demo plays, and this executable to run in it. The folder is removed at the end.</summary>
internal sealed class DemoStage : IDisposable
{
    private readonly DirectoryInfo _folder;

    private DemoStage(DirectoryInfo folder) => _folder = folder;

    public string Folder => _folder.FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <exception cref="CommandFailureException">The shipped agreements are not beside the executable.</exception>
    public static DemoStage Create()
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "agreements", "red-lines");
        if (!Directory.Exists(shipped))
        {
            throw CommandFailureException.Environment(
                "the shipped agreement is missing from the executable's folder; build again with ./holdpoint");
        }

        var stage = new DemoStage(Directory.CreateTempSubdirectory("holdpoint-demo-"));
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = stage[Path.Combine("agreement", Path.GetRelativePath(shipped, file))];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return stage;
    }

    /// <summary>A process of this very executable, in the demo's folder.</summary>
    public ProcessStartInfo Holdpoint(params IEnumerable<string> arguments)
    {
        // `dotnet holdpoint.dll` or the executable itself, whichever this process is.
        var host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The demo's key ends with it, so nothing is to be remembered of it elsewhere.
        start.Environment["XDG_STATE_HOME"] = Folder;
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "holdpoint.dll"));
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
