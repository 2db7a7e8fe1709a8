using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Holdpoint.Cli.Demo;

/// <summary>The gateway as a process of its own, as a user would start it.</summary>
internal sealed partial class DemoGateway : IAsyncDisposable
{
    private const int Terminate = 15;
    private const string Ready = "ready ";

    private readonly Process _process;

    private DemoGateway(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <exception cref="CommandFailureException">It did not become ready.</exception>
    public static async Task<DemoGateway> StartAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        if (await process.StandardOutput.ReadLineAsync(cancellationToken) is not { } line
            || !line.StartsWith(Ready, StringComparison.Ordinal))
        {
            throw CommandFailureException.Environment($"the gateway did not start: {(await errors).Trim()}");
        }

        return new(process, new Uri(line[Ready.Length..]));
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Ends it as an operator would, with SIGTERM, and waits until it is gone.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, Terminate);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
