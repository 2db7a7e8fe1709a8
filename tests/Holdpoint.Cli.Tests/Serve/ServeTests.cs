using System.Net;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Serve;

public sealed class ServeTests
{
    [Fact]
    public async Task It_stops_cleanly_on_sigterm_and_goes_on_with_its_log_when_started_again()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        Assert.Equal(0, await gateway.StopAsync());

        await gateway.StartAgainAsync();
        using var http = new HttpClient();
        var ready = await http.GetAsync(new Uri(gateway.Address, "/readyz"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(0, await gateway.StopAsync());
    }

    [Fact]
    public async Task A_second_process_on_the_same_store_is_refused_with_the_reason()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var second = await CommandRun.StartWithAsync(
            new() { ["TEST_PROVIDER_KEY"] = "x" }, "serve", "--config", gateway.ConfigPath);

        Assert.Equal(3, second.ExitCode);
        Assert.Contains("only one gateway", second.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_of_a_configuration_is_named_at_once()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder["bad.yaml"],
            "listen: 0.0.0.0:80\nstore: mysql:x\nagreement: a\nlog: { origin: o, key_file: k }\nclients:\n"
                + "  - { key_sha256: zz, deployment: d, principal: p, rights: [fly] }\n",
            TestContext.Current.CancellationToken);

        var run = await CommandRun.StartAsync("serve", "--config", folder["bad.yaml"]);

        Assert.Equal(3, run.ExitCode);
        Assert.All(
            ["listen:", "store:", "upstreams:", "clients[0].key_sha256:", "clients[0].rights:"],
            key => Assert.Contains(key, run.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_key_of_the_configuration_is_refused_with_its_line()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["bad.yaml"], "listen: 127.0.0.1:0\nfail_open: true\n", TestContext.Current.CancellationToken);

        var run = await CommandRun.StartAsync("serve", "--config", folder["bad.yaml"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("bad.yaml:2:1 HP0503", run.Errors, StringComparison.Ordinal);
        Assert.Contains("fail_open", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_says_on_standard_error_what_it_serves_and_on_standard_output_only_that_it_is_ready()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        await gateway.StopAsync();

        var errors = await gateway.ErrorsAsync();

        Assert.Matches(@"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info: Holdpoint\.Serve\[9201\] ", errors);
        Assert.Contains(": configuration holdpoint.yaml (", errors, StringComparison.Ordinal);
        Assert.Matches("agreement red-lines, bundle [0-9a-f]{64}", errors);
        Assert.Contains("vouched for by the signed proof", errors, StringComparison.Ordinal);
        Assert.Contains($"Listening on {gateway.Address.ToString().TrimEnd('/')} for the models echo", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "no-such-command")]
    [InlineData(2, "serve")]
    [InlineData(3, "serve", "--config", "no-such-file.yaml")]
    public async Task Exit_codes_tell_usage_from_environment(int expected, params string[] arguments) =>
        Assert.Equal(expected, (await CommandRun.StartAsync(arguments)).ExitCode);
}
