using System.Diagnostics;
using System.Net;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Cli.Tests.Serve;

/// <summary>
/// What runs out on real machines: disk, handles, memory. The process stays, answers nothing that has no record, and recovers by itself.
/// </summary>
public sealed class ExhaustionTests
{
    [Fact]
    public async Task When_the_disk_is_full_nothing_is_answered_and_when_there_is_room_again_everything_is()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit"), "needs prlimit of util-linux");

        // A limit for files is what a full disk is to the store: writes fail. The runtime's own double mapping
        // is a large file, so it is off.
        await using var gateway = await GatewayProcess.StartAsync(
            shell: "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; ulimit -S -f 800");
        using var http = new HttpClient();

        HttpStatusCode status;
        do
        {
            (status, _) = await AskAsync(http, gateway);
        }
        while (status == HttpStatusCode.OK);

        var (full, hasRecord) = await AskAsync(http, gateway);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, false), (full, hasRecord));
        using (var ready = await http.GetAsync(new Uri(gateway.Address, "/readyz"), TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        using (var prlimit = Process.Start("prlimit", ["--pid", $"{gateway.Id}", "--fsize=unlimited:unlimited"]))
        {
            await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, prlimit.ExitCode);
        }

        do
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            (status, hasRecord) = await AskAsync(http, gateway);
        }
        while (status != HttpStatusCode.OK);

        Assert.True(hasRecord);
        Assert.Equal(0, await gateway.StopAsync());

        // Nothing was torn or lost: the log verifies from its first record.
        await gateway.StartAgainAsync();
        var verified = await CommandRun.StartWithAsync(
            new() { ["AUDIT_KEY"] = GatewayProcess.AuditorKey },
            "verify", "log", new Uri(gateway.Address, "/log").ToString(), "--key", gateway.VerifierKey, "--api-key-env", "AUDIT_KEY");
        Assert.True(verified.ExitCode == 0, verified.Errors);
    }

    [Fact]
    public async Task Idle_streams_are_held_and_their_handles_come_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "counts handles in /proc");
        var streams = TestScale.Of(200, 10_000);
        await using var upstream = ScriptedUpstream.Start(Script.EventsThenSilence(Script.ChunkEvent("""{"content":"good morning. "}""")));
        await using var gateway = await TlsGateway.StartAsync(upstream.Url);

        // Many streams share a connection, so that twice ten thousand sockets do not stand against the machine's limit of handles.
        using var handler = TlsGateway.Trusting();
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(10) };
        await http.StatusAsync(gateway);
        var (handlesBefore, memoryBefore) = (Handles(gateway), Memory(gateway));

        var open = new List<HttpResponseMessage>();
        using var atOnce = new SemaphoreSlim(64);
        await Task.WhenAll(Enumerable.Range(0, streams).Select(async _ =>
        {
            await atOnce.WaitAsync(TestContext.Current.CancellationToken);
            using var ask = GatewayClient.Ask(gateway, "gpt-4o", stream: true);
            ask.Version = HttpVersion.Version20;
            var stream = await http.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            lock (open)
            {
                open.Add(stream);
            }

            atOnce.Release();
        }));

        // All are idle now, and others are served all the same.
        Assert.All(open, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        var full = await http.StatusAsync(gateway);
        Assert.Equal((streams, streams), (full["calls"]!.GetValue<int>(), full["upstreams"]![1]!["calls"]!.GetValue<int>()));
        var (each, counted) = ((Memory(gateway) - memoryBefore) / streams, full["content_bytes"]!.GetValue<long>() / streams);
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes for each of {streams} idle streams, of which {counted} are counted");

        // The page about the configuration says both numbers. Few streams do not outweigh what starting leaves behind.
        Assert.InRange(counted, 1, 32 * 1024);
        Assert.InRange(each, 0, TestScale.IsLong ? 96 * 1024 : long.MaxValue);
        using (var ask = GatewayClient.Ask(gateway))
        {
            using var answer = await http.SendAsync(ask, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        open.ForEach(stream => stream.Dispose());
        var empty = await http.StatusWhenAsync(gateway, status => status["calls"]!.GetValue<int>() == 0);
        Assert.Equal(0, empty["upstreams"]![1]!["calls"]!.GetValue<int>());
        Assert.Equal(0, empty["content_bytes"]!.GetValue<long>());
        await HandlesWhenAsync(gateway, handles => handles <= handlesBefore + 120);
    }

    [Fact]
    public async Task Busy_connections_take_no_more_memory_than_is_set()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads the peak in /proc");

        // Less than 256 such calls would take at once, so that some are refused.
        const long Content = 64L << 20;
        var (connections, text) = (TestScale.Of(32, 256), new string('o', 240_000));
        await using var upstream = ScriptedUpstream.Start(Script.Completion(new string('o', 2_000_000)));
        await using var gateway = await GatewayProcess.StartAsync(
            upstream.Url,
            settings: $"limits: {{ body_bytes: 4194304, answer_bytes: 4194304, content_bytes: {Content}, content_share: 1 }}\n");
        using var http = new HttpClient();
        await AskAsync(http, gateway);
        var (before, answered, refused) = (Memory(gateway), 0, 0);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, connections * 2),
            new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = TestContext.Current.CancellationToken },
            async (_, cancel) =>
            {
                using var ask = GatewayClient.Ask(gateway, "gpt-4o", text);
                using var answer = await http.SendAsync(ask, cancel);
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}");
                _ = answer.StatusCode == HttpStatusCode.OK ? Interlocked.Increment(ref answered) : Interlocked.Increment(ref refused);
            });

        var peak = Memory(gateway, "VmHWM:");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{connections} connections: {before} bytes before, {peak} at the peak; {answered} answered, {refused} refused");
        Assert.True(answered > 0);

        // A connection has a MiB of its own at most that has arrived and was not read. In the short form the peak is that of starting.
        Assert.InRange(peak, 0, TestScale.IsLong ? before + Content + (connections * (1L << 20)) : long.MaxValue);
        await http.StatusWhenAsync(gateway, status => status["content_bytes"]!.GetValue<long>() == 0);
    }

    [Fact]
    public async Task Faults_of_all_kinds_leave_no_handles_and_no_memory_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "counts handles in /proc");
        var begun = Script.ChunkEvent("""{"content":"good morning to everybody who is here today, said the "}""");
        Script[] faults =
        [
            Script.Completion("well"), Script.Reset, Script.Raw("garbage\r\n\r\n"),
            Script.Answer(200, "<html>"), Script.TooShort(Script.CompletionJson("hi"), 10),
            Script.Answer(429, "{}"), Script.Answer(500, "{}"), Script.EventsCutOff(begun),
            Script.Events(begun, "data: {not json\n\n"), Script.Events(begun, "data: [DONE]\n\n"),
        ];
        await using var upstream = ScriptedUpstream.Start([.. Enumerable.Range(0, 100_000).Select(i => faults[i % faults.Length])]);
        await using var gateway = await GatewayProcess.StartAsync(
            upstream.Url,
            settings: "limits: { retries: 0, circuit_attempts: 1000000, first_byte_seconds: 30, between_bytes_seconds: 1 }\n");
        using var http = new HttpClient();
        var most = TestScale.IsLong ? TimeSpan.FromMinutes(10) : TimeSpan.Zero;
        var (handles, memory) = (0, 0L);

        // A round is 200 calls of which every fifth client leaves in the middle. The first rounds fill pools and compile code; from then on
        // nothing may grow.
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < 3 || clock.Elapsed < most; round++)
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, TestScale.Of(40, 200)),
                new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken },
                async (i, cancel) =>
                {
                    using var ask = GatewayClient.Ask(gateway, "gpt-4o", stream: i % 2 == 0);
                    using var answer = await http.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, cancel);
                    Assert.True(answer.Headers.Contains("Holdpoint-Record"), $"{answer.StatusCode} has no record");
                    if (i % 5 != 0)
                    {
                        await answer.Content.ReadAsStringAsync(cancel);
                    }
                });
            await http.StatusWhenAsync(
                gateway, status => status["calls"]!.GetValue<int>() == 0 && status["content_bytes"]!.GetValue<long>() == 0);
            if (clock.Elapsed > most / 5 && handles == 0)
            {
                (handles, memory) = (Handles(gateway), Memory(gateway));
            }
        }

        await HandlesWhenAsync(gateway, now => now <= handles + 20);
        if (TestScale.IsLong)
        {
            Assert.InRange(Memory(gateway), 0, (long)(memory * 1.25) + (32L << 20));
        }

        Assert.Equal("ready", (await http.StatusAsync(gateway))["state"]!.ToString());
    }

    private static async Task<(HttpStatusCode Status, bool HasRecord)> AskAsync(HttpClient http, GatewayProcess gateway)
    {
        using var ask = GatewayClient.Ask(gateway, content: new string('x', 2_000));
        using var answer = await http.SendAsync(ask, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.Contains("Holdpoint-Record"));
    }

    private static int Handles(GatewayProcess gateway) => Directory.GetFileSystemEntries($"/proc/{gateway.Id}/fd").Length;

    private static long Memory(GatewayProcess gateway, string name = "VmRSS:")
    {
        var line = File.ReadLines($"/proc/{gateway.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(
            line[name.Length..].Replace("kB", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Handles close when the kernel and the pools say so; that they do is the event that is waited for.</summary>
    private static async Task HandlesWhenAsync(GatewayProcess gateway, Func<int, bool> isExpected)
    {
        var limit = Stopwatch.StartNew();
        while (!isExpected(Handles(gateway)))
        {
            Assert.True(limit.Elapsed < TimeSpan.FromMinutes(3), $"{Handles(gateway)} handles are still open");
            await Task.Yield();
        }
    }
}
