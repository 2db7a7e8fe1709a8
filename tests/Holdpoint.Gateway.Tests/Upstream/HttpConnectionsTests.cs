using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Upstream.Sending;

namespace Holdpoint.Gateway.Tests.Upstream;

/// <summary>Connections close when no configuration uses them and the last call over them has ended: not before, and not never.</summary>
public sealed class HttpConnectionsTests
{
    [Fact]
    public async Task Retired_ones_close_when_the_last_call_has_ended()
    {
        var connections = new HttpConnections(TimeSpan.FromSeconds(1));
        var http = connections.Enter();
        Assert.Same(http, connections.Enter());

        connections.Retire();
        connections.Leave();
        await AssertIsOpenAsync(http);
        connections.Leave();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync(http));
    }

    [Fact]
    public async Task A_call_that_comes_after_the_retirement_gets_connections_that_close_with_it()
    {
        var connections = new HttpConnections(TimeSpan.FromSeconds(1));
        connections.Retire();

        var http = connections.Enter();
        await AssertIsOpenAsync(http);
        connections.Leave();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync(http));
    }

    [Theory]
    [InlineData("read to its end")]
    [InlineData("left early")]
    [InlineData("an error")]
    [InlineData("a fault")]
    public async Task However_an_answer_ends_its_call_has_left(string end)
    {
        await using var provider = ScriptedUpstream.Start(end switch
        {
            "an error" => Script.Answer(500, "{}"),
            "a fault" => Script.Answer(200, "text", "text/plain"),
            _ => Script.Completion("a"),
        });
        var upstream = OpenAi(provider.Url);
        var http = upstream.Connections.Enter();
        upstream.Connections.Leave();
        var outcome = await upstream.SendAsync(Hello(), TestContext.Current.CancellationToken);

        upstream.Dispose();
        if (outcome is ForwardOutcome.Answered(var answer))
        {
            using var body = end == "left early" ? null : await answer.ReadWholeAsync(1024, TestContext.Current.CancellationToken);
            Assert.Null(body?.Fault);
            await answer.DisposeAsync();
            await answer.DisposeAsync();
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync(http));
    }

    [Fact]
    public async Task A_next_configuration_retires_those_that_it_does_not_use_and_no_others()
    {
        using var folder = new TempFolder();
        folder.WriteKey("key", Key);
        var kept = UpstreamAddress.Parse("https://kept.example", out _)!;
        UpstreamSettings Entry(string name, string url) => new(
            name, UpstreamKind.OpenAi, "openai", UpstreamAddress.Parse(url, out _), new SecretSource.KeyFile(folder["key"]), Models("m"));
        var before = Registry(null, Entry("kept", kept.ToString()), Entry("moved", "https://old.example"));
        using var next = Registry(before, Entry("kept", kept.ToString()) with { Connections = 7 }, Entry("moved", "https://new.example"));
        var (keptHttp, movedHttp) = (Touch(before, "kept"), Touch(before, "moved"));

        before.GiveWayTo(next);

        Assert.Same(keptHttp, Touch(next, "kept"));
        Assert.Same(Of(before, "kept").Shared, Of(next, "kept").Shared);
        Assert.NotSame(Of(before, "moved").Shared, Of(next, "moved").Shared);
        await AssertIsOpenAsync(keptHttp);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync(movedHttp));
    }

    private static UpstreamRegistry Registry(UpstreamRegistry? before, params UpstreamSettings[] entries) => UpstreamFactory.Create(
        new GatewaySettings
        {
            Listen = new(System.Net.IPAddress.Loopback, 0),
            Path = "",
            StorePath = "",
            AgreementPath = "",
            LogOrigin = "",
            LogKeyPath = "",
            LogGuardPath = "",
            Digest = default,
            HoldKeyPath = "",
            Upstreams = [.. entries],
        },
        WireLimits.Default,
        new ManualTimeProvider(),
        before);

    private static GuardedUpstream Of(UpstreamRegistry registry, string name) =>
        registry.All.OfType<GuardedUpstream>().Single(upstream => upstream.Name == name);

    private static HttpMessageInvoker Touch(UpstreamRegistry registry, string name)
    {
        var connections = Of(registry, name).Connections!;
        var http = connections.Enter();
        connections.Leave();
        return http;
    }

    /// <summary>Nobody listens on the port, so an open one fails to connect and a closed one refuses to try.</summary>
    private static async Task AssertIsOpenAsync(HttpMessageInvoker http) =>
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(http));

    private static async Task SendAsync(HttpMessageInvoker http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:1/");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
