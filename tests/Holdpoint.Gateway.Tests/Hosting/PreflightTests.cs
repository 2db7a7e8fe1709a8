using System.Net;
using System.Net.Sockets;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Activation;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Tests.Decisions;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>What can be seen to be wrong at once ends a start before anybody is asked whether the agreement is proved.</summary>
public sealed class PreflightTests
{
    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_the_gate_is_not_asked()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var far = TestGateway.UpstreamLine("far", "https://localhost:1").Replace("provider.key", "no.key", StringComparison.Ordinal);
        gateway.Edit(text => text
            .Replace("127.0.0.1:0", taken.LocalEndpoint.ToString(), StringComparison.Ordinal)
            .Replace("origin: example.org/test", "origin: example.org/other", StringComparison.Ordinal)
            .Replace("upstreams:\n", "upstreams:\n" + far, StringComparison.Ordinal)
            .Replace("analysts-cloud, principal: auditor-1", "nowhere, principal: auditor-1", StringComparison.Ordinal)
            + "tls: { certificate_file: no.crt, key_file: no.key }\n"
            + "holds: { webhook: { url: \"https://localhost:1\", secret_file: no.secret } }\n");
        using var held = FileLock.TryTake(Path.Combine(gateway.Folder, "holdpoint.db.lock"));

        var refused = await Assert.ThrowsAsync<GatewayStartException>(() => StartAsync(gateway));

        string[] beginnings =
        [
            "listen: another process listens", "Another process has the store", "log.origin is example.org/other", "tls.certificate_file",
            "holds.webhook:", "the key of upstream far cannot be read", "clients name deployments",
        ];
        var lines = refused.Message.Split('\n');
        Assert.Equal(beginnings.Length, lines.Length);
        Assert.All(lines.Zip(beginnings), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_fails_leaves_no_file_behind()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        gateway.Edit(text => text
            .Replace("sqlite:holdpoint.db", "sqlite:other.db", StringComparison.Ordinal)
            .Replace("origin: example.org/test", "origin: example.org/other", StringComparison.Ordinal));

        await Assert.ThrowsAsync<GatewayStartException>(() => StartAsync(gateway));

        Assert.Empty(Directory.EnumerateFiles(gateway.Folder, "other.db*"));
    }

    private static async Task StartAsync(TestGateway gateway)
    {
        var read = SettingsReader.Read(gateway.Settings.Path);
        Assert.Empty(read.Problems);
        ActivationGate gate = (_, _, _) => throw new InvalidOperationException("the gate was asked");
        await using var host = await GatewayHost.StartAsync(
            read.Settings!, AgreementFolder.Load(read.Settings!.AgreementPath).Agreement!, gate, TestContext.Current.CancellationToken);
    }
}
