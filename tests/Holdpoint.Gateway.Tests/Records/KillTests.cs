using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Verification;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Records;

/// <summary>
/// kill -9 in the middle of appending and signing: this test starts itself as a child, kills it, and looks at what is left.
/// </summary>
public sealed class KillTests
{
    private const string FolderVariable = "HOLDPOINT_KILL_TEST_FOLDER";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_survives_being_killed_and_no_index_is_given_twice()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } childsFolder)
        {
            await BeChildAsync(childsFolder);
        }

        using var folder = new TempFolder();
        using var key = NoteSigner.Generate("example.org/killed");
        folder.WriteKey("log.key", key.ExportPrivateKey());
        var random = new Random(4);
        Dictionary<long, string> acknowledged = [];
        var size = 0L;

        for (var round = 0; round < TestScale.Of(2, 30); round++)
        {
            await RunAndKillAsync(folder, acknowledged, afterAcknowledgements: random.Next(1, 3_000));

            await using var store = GatewayStore.Open(new StoreOptions { Path = folder["holdpoint.db"] }, TimeProvider.System);
            var log = await RecordLog.OpenAsync(store, TimeProvider.System, cancellationToken: Cancellation);
            await using (await CheckpointSigner.OpenAsync(store, log, key, folder["log.key.signed"], cancellationToken: Cancellation))
            {
            }

            Assert.InRange(acknowledged.Keys.Max(), 0, log.Size - 1);
            await CheckAsync(store, acknowledged, from: size, to: log.Size);
            size = log.Size;
        }

        await LogExporter.ExportAsync(
            folder["holdpoint.db"], key, folder["log.key.signed"], folder["export"], TimeProvider.System, Cancellation);
        var verified = await LogVerifier.VerifyAsync(
            (path, _, _) => ValueTask.FromResult(
                File.Exists(folder["export/" + path]) ? LogFile.Found(File.ReadAllBytes(folder["export/" + path])) : LogFile.Missing),
            key.VerifierKey,
            cancellationToken: Cancellation);
        Assert.Empty(verified.Faults);
        Assert.Equal(size, verified.Checkpoint!.Size);
    }

    /// <summary>The acknowledged records between two sizes are what their callers were told.</summary>
    private static async Task CheckAsync(Store store, Dictionary<long, string> acknowledged, long from, long to)
    {
        var bodies = await store.ReadAsync(c => RecordTables.Bodies(c, from, to), Cancellation);
        for (var index = from; index < to; index++)
        {
            using var record = JsonDocument.Parse(bodies[(int)(index - from)]);
            Assert.Equal(
                acknowledged.GetValueOrDefault(index, record.RootElement.GetProperty("cause").GetString()!),
                record.RootElement.GetProperty("cause").GetString());
        }
    }

    /// <summary>Appends until it is killed, and says each index once it has it.</summary>
    private static async Task BeChildAsync(string folder)
    {
        Assert.True(NoteSigner.TryParse(await File.ReadAllTextAsync(Path.Combine(folder, "log.key"), Cancellation), out var key, out _));
        await using var store = GatewayStore.Open(new StoreOptions { Path = Path.Combine(folder, "holdpoint.db") }, TimeProvider.System);
        var log = await RecordLog.OpenAsync(store, TimeProvider.System, cancellationToken: Cancellation);
        await using var signer = await CheckpointSigner.OpenAsync(
            store, log, key, Path.Combine(folder, "log.key.signed"), cancellationToken: Cancellation);
        using var output = Console.OpenStandardOutput();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(task => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                var cause = $"{Environment.ProcessId}-{task}-{i}";
                var index = await log.AppendAsync(LogFixture.Ordinary with { Cause = cause });
                var line = System.Text.Encoding.ASCII.GetBytes($"\nack {index} {cause} .\n");
                lock (output)
                {
                    output.Write(line);
                }

                if (i % 100 == 0)
                {
                    await signer.CoverAsync(index, TimeSpan.FromSeconds(10), Cancellation);
                }
            }
        })));
    }

    private static async Task RunAndKillAsync(TempFolder folder, Dictionary<long, string> acknowledged, int afterAcknowledgements)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { typeof(KillTests).Assembly.Location, "-class", typeof(KillTests).FullName! })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[FolderVariable] = folder.FullName;
        using var child = Process.Start(start)!;
        var left = afterAcknowledgements;
        while (await child.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            // The line that the kill cut short has no dot: it was not heard.
            if (line.Split(' ') is ["ack", var index, var cause, "."])
            {
                acknowledged.Add(long.Parse(index, CultureInfo.InvariantCulture), cause);
                if (--left == 0)
                {
                    child.Kill();
                }
            }
        }

        await child.WaitForExitAsync(Cancellation);
        Assert.True(left <= 0, "the child ended by itself");
    }
}
