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
}
