using System.Diagnostics;

namespace Holdpoint.Cli.Tests;

/// <summary>One run of the real executable, with what it printed.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "holdpoint.dll");

    public static Task<CommandRun> StartAsync(params string[] arguments) => StartWithAsync([], arguments);

    public static async Task<CommandRun> StartWithAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Executable, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new(process.ExitCode, await output, await errors);
    }
}
