using System.Net;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Log;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Holds;

/// <summary>A tool that the provider would run by itself: no tool call passes us, so the call waits before it is sent.</summary>
public sealed class ProviderToolTests
{
    private const string Body = """{"model":"gpt-x","messages":[{"role":"user","content":"dunes"}],"web_search_options":{}}""";

    private const string Clause = """
        @title("The web is searched with leave")
        @text("A search of the web waits for a reviewer.")
        @basis("terms")
        @hold("reviewer:1")
        forbid (
          principal,
          action == Holdpoint::Action::"act",
          resource == Holdpoint::Tool::"web_search_options"
        );
        """;

    private static readonly string Registered =
        $"  - {{ deployment: analysts-cloud, name: web_search_options, digest: {Hash.Of("{}"u8).ToHex()}, effect: inform }}\n";

    [Fact]
    public async Task The_call_waits_unsent_and_is_sent_once_when_approved()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Completion("found"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), tools: Registered, clause: Clause);
        var hold = HeldCall.HoldOf(await gateway.PostChatAsync(Body));
        Assert.Empty(upstream.Requests);
        var shown = await gateway.ShowAsync(hold);
        Assert.Equal(
            ("effect", "web_search_options"), (shown["hold"]!["kind"]!.GetValue<string>(), shown["hold"]!["tool"]!.GetValue<string>()));
        Assert.Null(shown["content"]!["answer"]);
        Assert.Equal(hold, HeldCall.HoldOf(await gateway.PostChatAsync(Body)));
        await gateway.ApproveAsync(hold, reviewers: 1);

        var released = await gateway.PostChatAsync(Body, ("Holdpoint-Hold", hold));

        Assert.True(released.Status == HttpStatusCode.OK, released.Text);
        Assert.Single(upstream.Requests);
        Assert.Equal("hold_used", (await gateway.PostChatAsync(Body, ("Holdpoint-Hold", hold))).Cause);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("429")]
    [InlineData("401")]
    [InlineData("garbage")]
    [InlineData("html")]
    [InlineData("cut")]
    public async Task Once_the_provider_has_the_call_its_approval_is_used_whatever_comes_back(string fault)
    {
        var script = fault switch
        {
            "reset" => Script.Reset,
            "garbage" => Script.Raw("SSH-2.0-OpenSSH_9.9\r\n\r\n"),
            "html" => Script.Answer(200, "<p>hello", "text/html"),
            "cut" => Script.EventsCutOff(),
            _ => Script.Answer(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture), "{}"),
        };
        await using var upstream = ScriptedUpstream.Start(script, Script.Completion("again"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), tools: Registered, clause: Clause);
        var hold = await ApprovedAsync(gateway);

        var failed = await gateway.PostChatAsync(Body, ("Holdpoint-Hold", hold));

        Assert.NotEqual(HttpStatusCode.OK, failed.Status);
        Assert.Equal("hold_used", (await gateway.PostChatAsync(Body, ("Holdpoint-Hold", hold))).Cause);
        Assert.Single(upstream.Requests);
        Assert.Equal(["opened", "approved", "released", "used"], await gateway.StepsAsync(hold));
    }

    [Fact]
    public async Task A_caller_who_hangs_up_before_the_first_byte_has_used_the_approval()
    {
        var arrived = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(new Script(async connection =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, connection.Stop);
        }));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), tools: Registered, clause: Clause);
        var hold = await ApprovedAsync(gateway);
        using (var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
            {
                Content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
            request.Headers.Add("Holdpoint-Hold", hold);
            var asking = gateway.Http.SendAsync(request, leaving.Token);
            await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        while (await gateway.StateAsync(hold) == "releasing")
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.Equal("used", await gateway.StateAsync(hold));
        Assert.Equal("hold_used", (await gateway.PostChatAsync(Body, ("Holdpoint-Hold", hold))).Cause);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task Where_no_connection_came_about_nothing_ran_and_the_approval_is_given_back()
    {
        string gone;
        await using (var nobody = ScriptedUpstream.Start())
        {
            gone = nobody.Url;
        }

        await using var second = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(
            new Uri(gone), "{ retries: 0 }", Registered, Clause,
            edit: (text, _) => text.Replace(
                "clients:\n", TestGateway.UpstreamLine("second", second.Url) + "clients:\n", StringComparison.Ordinal));
        var hold = await ApprovedAsync(gateway);

        var failed = await gateway.PostChatAsync(Body, ("Holdpoint-Hold", hold));

        Assert.Equal((HttpStatusCode.BadGateway, "approved"), (failed.Status, await gateway.StateAsync(hold)));
        Assert.Empty(second.Requests);
        Assert.Equal(["opened", "approved", "released", "returned"], await gateway.StepsAsync(hold));
    }

    [Fact]
    public async Task Another_provider_runs_a_tool_only_if_it_is_decided_for_it_too()
    {
        await using var first = ScriptedUpstream.Start(Script.Answer(503, "{}"));
        await using var second = ScriptedUpstream.Start(Script.Completion("elsewhere"));
        await using var gateway = await TestGateway.StartAsync(
            new Uri(first.Url), "{ retries: 0 }", Registered,
            edit: (text, _) => text.Replace(
                "clients:\n", TestGateway.UpstreamLine("second", second.Url, "local") + "clients:\n", StringComparison.Ordinal));

        var answer = await gateway.PostChatAsync(Body);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var effect = await gateway.RecordAsync(answer.Record + 1);
        Assert.Equal(("effect", answer.Record), (effect["kind"]!.ToString(), effect["about"]!.GetValue<long>()));
    }

    private static async Task<string> ApprovedAsync(TestGateway gateway)
    {
        var hold = HeldCall.HoldOf(await gateway.PostChatAsync(Body));
        await gateway.ApproveAsync(hold, reviewers: 1);
        return hold;
    }
}
