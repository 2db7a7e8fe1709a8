using System.Net;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Holds;

/// <summary>
/// Connections that are kept open while people decide. Nothing here waits for time: each test waits for what another one does.
/// </summary>
public sealed class WaitTests
{
    private static readonly (string, string) Wait = ("Holdpoint-Wait", "240");

    [Fact]
    public async Task A_waiting_call_is_answered_once_people_have_approved_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var waiting = gateway.AskAsync(headers: Wait);
        var hold = await OpenedAsync(gateway);
        Assert.False(waiting.IsCompleted);

        await gateway.ApproveAsync(hold);

        Assert.Equal(HttpStatusCode.OK, (await waiting).Status);
        Assert.Equal(["opened", "approved", "approved", "released", "used"], await gateway.StepsAsync(hold));
    }

    [Fact]
    public async Task A_waiting_call_is_refused_once_a_reviewer_refuses_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var waiting = gateway.AskAsync(headers: Wait);
        var hold = await OpenedAsync(gateway);

        await gateway.DecideAsync(hold, 0, approves: false);

        Assert.Equal((HttpStatusCode.Forbidden, "hold_refused"), ((await waiting).Status, (await waiting).Cause));
    }

    [Fact]
    public async Task Who_waits_in_vain_gets_the_hold()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.AskAsync(headers: ("Holdpoint-Wait", "1"));

        Assert.Equal("needs_approval", answer.Cause);
        Assert.Equal("open", await gateway.StateAsync(HeldCall.HoldOf(answer)));
    }

    [Fact]
    public async Task A_client_that_leaves_leaves_the_hold_open_and_an_equal_call_joins_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        using (var leaving = new CancellationTokenSource())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
            {
                Content = new StringContent(HeldCall.Body, System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
            request.Headers.Add(HeldCall.Claims.Item1, HeldCall.Claims.Item2);
            request.Headers.Add(Wait.Item1, Wait.Item2);
            var left = gateway.Http.SendAsync(request, leaving.Token);
            await OpenedAsync(gateway);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        }

        var hold = await OpenedAsync(gateway);
        var joined = gateway.AskAsync(headers: Wait);
        await gateway.ApproveAsync(hold);

        Assert.Equal(HttpStatusCode.OK, (await joined).Status);
        Assert.Equal("used", await gateway.StateAsync(hold));
    }

    [Fact]
    public async Task Who_waits_across_a_reload_comes_again_under_the_new_configuration()
    {
        await using var gateway = await TestGateway.StartAsync();
        var waiting = gateway.AskAsync(headers: Wait);
        var hold = await OpenedAsync(gateway);
        Assert.Empty((await gateway.ReloadAsync()).Problems);
        await gateway.ApproveAsync(hold);

        Assert.Equal(hold, HeldCall.HoldOf(await waiting));
        Assert.Equal(HttpStatusCode.OK, (await gateway.AskAsync(hold)).Status);
    }

    [Fact]
    public async Task Of_two_equal_calls_that_wait_one_is_answered()
    {
        await using var gateway = await TestGateway.StartAsync();
        var waiting = new[] { gateway.AskAsync(headers: Wait), gateway.AskAsync(headers: Wait) };
        var hold = await OpenedAsync(gateway);
        await Eventually.FindAsync(async () => (await gateway.StepsAsync(hold)).Find(step => step == "joined"), "the other call");

        await gateway.ApproveAsync(hold);

        var answers = await Task.WhenAll(waiting);
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Forbidden && answer.Cause is "hold_used" or "hold_in_use");
    }

    [Fact]
    public async Task A_waiting_stream_goes_on_where_it_stopped()
    {
        var events = HeldEffect.Events("dunes");
        await using var upstream = ScriptedUpstream.Start(Script.Events(events));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);
        var waiting = gateway.SearchAsync(HeldEffect.Body("gpt-x", stream: true), null, Wait);
        var hold = await OpenedAsync(gateway);
        Assert.False(waiting.IsCompleted);

        await gateway.ApproveAsync(hold, reviewers: 1);

        Assert.Equal(string.Concat(events), (await waiting).Text);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_waiting_stream_ends_with_an_error_when_a_reviewer_refuses()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Events(HeldEffect.Events("dunes")));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);
        var waiting = gateway.SearchAsync(HeldEffect.Body("gpt-x", stream: true), null, Wait);

        await gateway.DecideAsync(await OpenedAsync(gateway), 0, approves: false);

        var text = (await waiting).Text;
        Assert.Contains("hold_refused", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dunes", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_wait_carries_a_call_through_every_hold_of_it()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Events(HeldEffect.Events("dunes", "rivers")));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);
        var waiting = gateway.SearchAsync(HeldEffect.Body("gpt-x", stream: true), null, Wait, HeldCall.Claims);
        HashSet<string> seen = [];
        for (var i = 0; i < 3; i++)
        {
            var hold = await OpenedAsync(gateway, seen);
            await gateway.ApproveAsync(hold);
        }

        Assert.Equal(string.Concat(HeldEffect.Events("dunes", "rivers")), (await waiting).Text);
        Assert.Single(upstream.Requests);
    }

    /// <summary>The one hold that is open, once there is one; with <paramref name="but"/>, one that is not among those.</summary>
    private static Task<string> OpenedAsync(TestGateway gateway, HashSet<string>? but = null) => Eventually.FindAsync(
        async () =>
        {
            var listed = await gateway.SendAsync(HttpMethod.Get, "/holdpoint/holds", null, TestGateway.ReviewerKey);
            return listed.Json["holds"]!.AsArray()
                .Where(hold => hold!["state"]!.GetValue<string>() == "open")
                .Select(hold => hold!["id"]!.GetValue<string>())
                .FirstOrDefault(id => but?.Add(id) ?? true);
        },
        "a hold");
}
