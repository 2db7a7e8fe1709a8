using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Serve;

public sealed class KillTests
{
    private const int Callers = 16;

    private static readonly byte[] Hello = """{"model":"echo","messages":[{"role":"user","content":"hello"}]}"""u8.ToArray();

    [Fact]
    public async Task Killed_under_load_every_answer_that_a_client_saw_has_its_record_and_the_log_verifies()
    {
        var kills = TestScale.Of(@short: 4, @long: 100);
        await using var gateway = await GatewayProcess.StartAsync();
        var seen = new ConcurrentDictionary<long, string>();
        var random = new Random(20_260_301);
        for (var i = 0; i < kills; i++)
        {
            await KillUnderLoadAsync(gateway, seen, answersBeforeKill: random.Next(1, 200));
            await gateway.StartAgainAsync();
        }

        Assert.Equal(0, await gateway.StopAsync());
        await AssertAllRecordedAsync(gateway, seen);
    }

    private static async Task KillUnderLoadAsync(GatewayProcess gateway, ConcurrentDictionary<long, string> seen, int answersBeforeKill)
    {
        using var http = new HttpClient { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + GatewayProcess.Key);
        var answered = 0;
        var enough = new TaskCompletionSource();
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using var content = new ByteArrayContent(Hello);
                    content.Headers.ContentType = new("application/json");
                    using var answer = await http.PostAsync(
                        "/v1/chat/completions", content, TestContext.Current.CancellationToken);
                    answer.EnsureSuccessStatusCode();
                    var index = long.Parse(answer.Headers.GetValues("Holdpoint-Record").Single(), CultureInfo.InvariantCulture);

                    // No index may be promised twice, before or after a kill.
                    Assert.True(
                        seen.TryAdd(index, answer.Headers.GetValues("Holdpoint-Bundle").Single()), $"record {index} was promised twice");
                    if (Interlocked.Increment(ref answered) == answersBeforeKill)
                    {
                        enough.TrySetResult();
                    }
                }
            }
            catch (HttpRequestException)
            {
                // The gateway died: what was not answered promises nothing.
            }
        })).ToArray();

        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await gateway.KillAsync();
        await Task.WhenAll(callers);
    }

    private static async Task AssertAllRecordedAsync(GatewayProcess gateway, ConcurrentDictionary<long, string> seen)
    {
        var export = await CommandRun.StartAsync("log", "export", "--config", gateway.ConfigPath, gateway["exported"]);
        Assert.True(export.ExitCode == 0, export.Errors);
        var verify = await CommandRun.StartAsync("verify", "log", gateway["exported"], "--key", gateway.VerifierKey);
        Assert.True(verify.ExitCode == 0, verify.Output + verify.Errors);

        var records = ExportedRecords.Read(gateway["exported"]);
        foreach (var (index, bundle) in seen)
        {
            using var record = JsonDocument.Parse(records[(int)index]);
            Assert.Equal(
                ("call", "permit", bundle),
                (record.RootElement.GetProperty("kind").GetString(),
                 record.RootElement.GetProperty("verdict").GetString(),
                 record.RootElement.GetProperty("bundle").GetString()));
        }
    }
}

/// <summary>The records of an exported log, from its entry bundles (C2SP tlog-tiles: each entry behind a 16-bit length).</summary>
internal static class ExportedRecords
{
    public static List<byte[]> Read(string folder)
    {
        List<byte[]> records = [];
        foreach (var bundle in Directory.EnumerateFiles(Path.Combine(folder, "tile", "entries"), "*", SearchOption.AllDirectories)
                     .Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(bundle);
            for (var at = 0; at < bytes.Length;)
            {
                var length = (bytes[at] << 8) | bytes[at + 1];
                records.Add(bytes[(at + 2)..(at + 2 + length)]);
                at += 2 + length;
            }
        }

        return records;
    }
}
