using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Cli.Tests.Serve;

/// <summary>The running process as its operator handles it: signals, standard error, stop.</summary>
public sealed class OperationTests
{
    [Fact]
    public async Task While_it_starts_a_sighup_is_ignored_and_a_sigterm_ends_it_cleanly()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        Assert.Equal(0, await gateway.StopAsync());
        Directory.CreateDirectory(gateway["solvers"]);
        var begun = gateway["begun"];
        foreach (var solver in new[] { "z3", "cvc5" })
        {
            var file = gateway[Path.Combine("solvers", solver)];
            await File.WriteAllTextAsync(file, $"#!/bin/sh\n: > '{begun}'\nexec sleep 600\n", TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        gateway.BeginUnvouchedStart(gateway["solvers"] + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
        await Eventually.FindAsync(() => Task.FromResult(File.Exists(begun) ? begun : null), "a solver at work");

        gateway.HangUp();
        await gateway.ErrorLineAsync("SIGHUP");
        await gateway.ErrorLineAsync("Proving the agreement with z3 and cvc5");

        Assert.Equal(0, await gateway.StopAsync());
    }

    [Fact]
    public async Task Sighup_replaces_the_configuration_or_says_in_a_json_line_why_not_and_no_line_holds_content()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            settings: "logs: { format: json, requests: true }\ntrusted_proxies: [\"127.0.0.1\"]\n");
        using var http = new HttpClient();
        using var ask = GatewayClient.Ask(gateway, content: "zebra-prompt");
        ask.Headers.Add("X-Forwarded-For", "203.0.113.9, 198.51.100.4");
        ask.Headers.Add("X-Forwarded-Host", "zebra-host");
        using var answer = await http.SendAsync(ask, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var nowhere = await http.GetAsync(new Uri(gateway.Address, "/zebra-path?zebra=query"), TestContext.Current.CancellationToken);
        var before = await http.StatusAsync(gateway);
        Assert.Null(before["reload"]);

        await File.AppendAllTextAsync(gateway.ConfigPath, "# changed\n", TestContext.Current.CancellationToken);
        gateway.HangUp();
        var taken = await http.StatusWhenAsync(gateway, status => status["reload"]?["outcome"]?.ToString() == "taken");
        await File.AppendAllTextAsync(gateway.ConfigPath, "fail_open: true\n", TestContext.Current.CancellationToken);
        gateway.HangUp();
        var refused = await http.StatusWhenAsync(gateway, status => status["reload"]?["outcome"]?.ToString() == "refused");

        Assert.NotEqual(before["configuration"]!.ToString(), taken["configuration"]!.ToString());
        Assert.Equal(taken["configuration"]!.ToString(), refused["configuration"]!.ToString());
        Assert.Equal(0, await gateway.StopAsync());
        JsonNode[] lines =
            [.. (await gateway.ErrorsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Contains(lines, line => line["EventId"]!.GetValue<int>() == 9001);
        Assert.Contains(
            lines, line => line["EventId"]!.GetValue<int>() == 9002 && line["Message"]!.ToString().Contains(
                "fail_open", StringComparison.Ordinal));

        // The nearest address that is no trusted proxy's; what comes before it anyone could have written.
        var request = lines.First(line => line["EventId"]!.GetValue<int>() == 9011)["State"]!;
        Assert.Equal(
            ("/v1/chat/completions", "permit", "198.51.100.4"),
            (request["Endpoint"]!.ToString(), request["Verdict"]!.ToString(), request["Client"]!.ToString()));
        Assert.DoesNotContain("zebra", await gateway.ErrorsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_word_about_the_client_is_not_trusted_is_not_believed()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            settings: "logs: { format: json, requests: true }\ntrusted_proxies: [\"192.0.2.0/24\"]\n");
        using var http = new HttpClient();
        using var ask = GatewayClient.Ask(gateway);
        ask.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var answer = await http.SendAsync(ask, TestContext.Current.CancellationToken);

        await gateway.StopAsync();

        Assert.Contains("\"Client\":\"127.0.0.1\"", await gateway.ErrorsAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.9", await gateway.ErrorsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_who_speak_no_tls_are_no_error_of_ours()
    {
        await using var gateway = await TlsGateway.StartAsync();
        using var plain = new HttpClient();
        using var handler = TlsGateway.Trusting();
        using var http = new HttpClient(handler);

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            plain.GetAsync(new Uri($"http://127.0.0.1:{gateway.Address.Port}/healthz"), TestContext.Current.CancellationToken));
        byte[][] openings = [
            [], [0x16], [0x16, 3, 1, 0, 2, 1, 0], [0x16, 2, 0, 0, 5, 1, 0, 0, 1, 0],
            [0x15, 3, 3, 0, 2, 2, 40], [0x80, 0x2e, 1, 0, 2], [.. new byte[64]]];
        foreach (var opening in openings)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, TestContext.Current.CancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(opening, TestContext.Current.CancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            try
            {
                await stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                // A reset is an end as well.
            }
        }

        using var well = await http.GetAsync(new Uri(gateway.Address, "/healthz"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, well.StatusCode);
        await gateway.StopAsync();
        Assert.All(
            (await gateway.ErrorsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains(" info: Holdpoint.Serve[", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_a_stop_nobody_new_gets_in_and_streams_under_way_end_as_they_should()
    {
        var goOn = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(new Script(async connection =>
        {
            await connection.SendAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Script.ChunkEvent("""{"content":"good morning. "}"""));
            await goOn.Task.WaitAsync(connection.Stop);
            await connection.SendAsync(Script.ChunkEvent("""{"content":"good night."}""", "\"stop\"") + "data: [DONE]\n\n");
            connection.EndSending();
        }));
        await using var gateway = await GatewayProcess.StartAsync(upstream.Url);
        using var http = new HttpClient();
        using var ask = GatewayClient.Ask(gateway, "gpt-4o", stream: true);
        using var stream = await http.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        gateway.BeginStop();
        while (await CanConnectAsync(gateway))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        goOn.SetResult();

        var text = await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        Assert.Equal(0, await gateway.EndAsync());
    }

    [Fact]
    public async Task A_stop_does_not_wait_forever_and_what_it_cuts_off_is_recorded()
    {
        await using var upstream = ScriptedUpstream.Start(Script.EventsThenSilence(Script.ChunkEvent("""{"content":"good morning. "}""")));
        // longer than what ends processes by itself
        await using var gateway = await GatewayProcess.StartAsync(upstream.Url, settings: "limits: { stop_seconds: 3 }\n");
        using var http = new HttpClient();
        using var ask = GatewayClient.Ask(gateway, "gpt-4o", stream: true);
        using var stream = await http.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal(0, await gateway.StopAsync());

        await Assert.ThrowsAnyAsync<Exception>(() => stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await gateway.StartAgainAsync();
        var about = long.Parse(stream.Headers.GetValues("Holdpoint-Record").Single(), System.Globalization.CultureInfo.InvariantCulture);
        using var record = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, $"/log/record/{about + 1}"));
        record.Headers.Add("x-api-key", GatewayProcess.AuditorKey);
        using var answer = await http.SendAsync(record, TestContext.Current.CancellationToken);
        var outcome = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(
            ("outcome", "cancelled", about),
            (outcome["kind"]!.ToString(), outcome["cause"]!.ToString(), outcome["about"]!.GetValue<long>()));
    }

    private static async Task<bool> CanConnectAsync(GatewayProcess gateway)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
