using System.Net;
using System.Text.RegularExpressions;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Holds;

public sealed partial class HeldEffectTests
{
    [Fact]
    public async Task A_held_tool_call_releases_the_answer_that_was_kept_without_a_new_model_call()
    {
        var answered = Whole("dunes");
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, answered), Script.Completion("another answer"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);
        var body = HeldEffect.Body("gpt-x");
        var held = await gateway.SearchAsync(body);
        var hold = HeldCall.HoldOf(held);
        Assert.DoesNotContain("dunes", held.Text, StringComparison.Ordinal);
        await gateway.ApproveAsync(hold, reviewers: 1);

        var released = await gateway.SearchAsync(body, hold);

        Assert.Equal((HttpStatusCode.OK, answered), (released.Status, released.Text));
        Assert.Single(upstream.Requests);
        Assert.Equal(["opened", "approved", "released", "used"], await gateway.StepsAsync(hold));
        Assert.Equal("hold_used", (await gateway.SearchAsync(body, hold)).Cause);
    }

    [Fact]
    public async Task Reviewers_see_the_tool_its_arguments_and_the_answer()
    {
        await using var gateway = await TestGateway.StartAsync(clause: HeldEffect.Clause);
        var hold = HeldCall.HoldOf(await gateway.SearchAsync(HeldEffect.Body()));

        var shown = await gateway.ShowAsync(hold);

        Assert.Equal(
            ("effect", "search_library"), (shown["hold"]!["kind"]!.GetValue<string>(), shown["hold"]!["tool"]!.GetValue<string>()));
        Assert.Equal("""{"query":"dunes"}""", shown["content"]!["arguments"]!.GetValue<string>());
        Assert.Contains("tool_calls", shown["content"]!["answer"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(shown["content"]!["claims"]);
        Assert.Null(shown["binding"]!["claims"]);
    }

    [Fact]
    public async Task A_restart_loses_no_kept_answer()
    {
        await using var gateway = await TestGateway.StartAsync(clause: HeldEffect.Clause);
        var hold = HeldCall.HoldOf(await gateway.SearchAsync(HeldEffect.Body()));
        await gateway.ApproveAsync(hold, reviewers: 1);
        await gateway.StopAsync();
        await gateway.StartAgainAsync();

        var released = await gateway.SearchAsync(HeldEffect.Body(), hold);

        Assert.True(released.Status == HttpStatusCode.OK, released.Text);
        Assert.Contains("dunes", released.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_secret_that_it_was_kept_under_nothing_is_released()
    {
        await using var gateway = await TestGateway.StartAsync(clause: HeldEffect.Clause);
        var hold = HeldCall.HoldOf(await gateway.SearchAsync(HeldEffect.Body()));
        await gateway.ApproveAsync(hold, reviewers: 1);
        await gateway.StopAsync();
        File.Delete(gateway.Settings.HoldKeyPath);
        await gateway.StartAgainAsync();

        Assert.Equal("hold_lost", (await gateway.SearchAsync(HeldEffect.Body(), hold)).Cause);
    }

    [Fact]
    public async Task An_equal_call_meets_the_kept_answer_instead_of_asking_the_model_again()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, Whole("dunes")));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);
        var body = HeldEffect.Body("gpt-x");
        var hold = HeldCall.HoldOf(await gateway.SearchAsync(body));

        Assert.Equal(hold, HeldCall.HoldOf(await gateway.SearchAsync(body)));
        await gateway.ApproveAsync(hold, reviewers: 1);
        Assert.Equal(hold, HeldCall.HoldOf(await gateway.SearchAsync(body)));
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_refused_tool_call_deletes_the_kept_answer_and_the_next_call_asks_the_model()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, Whole("dunes")));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);
        var body = HeldEffect.Body("gpt-x");
        var hold = HeldCall.HoldOf(await gateway.SearchAsync(body));
        await gateway.DecideAsync(hold, 0, approves: false);

        Assert.Equal("hold_refused", (await gateway.SearchAsync(body, hold)).Cause);
        Assert.NotEqual(hold, HeldCall.HoldOf(await gateway.SearchAsync(body)));
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Theory]
    [InlineData("dunes", "rivers")]
    [InlineData("dunes", "dunes")]
    public async Task Each_tool_call_of_an_answer_needs_its_own_approval_equal_ones_too(string first, string second)
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, Whole(first, second)));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);
        var body = HeldEffect.Body("gpt-x");
        var hold = HeldCall.HoldOf(await gateway.SearchAsync(body));
        await gateway.ApproveAsync(hold, reviewers: 1);

        var other = HeldCall.HoldOf(await gateway.SearchAsync(body, hold));

        Assert.NotEqual(hold, other);
        Assert.Equal("hold_used", (await gateway.SearchAsync(body, hold)).Cause);
        Assert.Equal(other, HeldCall.HoldOf(await gateway.SearchAsync(body, other)));
        await gateway.ApproveAsync(other, reviewers: 1);
        var released = await gateway.SearchAsync(body, other);
        Assert.True(released.Status == HttpStatusCode.OK, released.Text);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_held_call_whose_answer_makes_a_held_tool_call_is_approved_twice()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, Whole("dunes")));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);
        var body = HeldEffect.Body("gpt-x");
        var call = HeldCall.HoldOf(await gateway.SearchAsync(body, null, HeldCall.Claims));
        await gateway.ApproveAsync(call);

        // The claimed purpose asks for two reviewers of the effect as well, and the clause of the test for one of these.
        var effect = HeldCall.HoldOf(await gateway.SearchAsync(body, call, HeldCall.Claims));

        Assert.Equal("used", await gateway.StateAsync(call));
        await gateway.ApproveAsync(effect);
        var released = await gateway.SearchAsync(body, effect, HeldCall.Claims);
        Assert.True(released.Status == HttpStatusCode.OK, released.Text);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_stream_ends_at_its_held_tool_call_and_the_release_replays_all_of_it()
    {
        var events = HeldEffect.Events("dunes");
        await using var upstream = ScriptedUpstream.Start(Script.Events(events));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);
        var body = HeldEffect.Body("gpt-x", stream: true);

        var broken = await gateway.SearchAsync(body);

        Assert.Equal(HttpStatusCode.OK, broken.Status);
        Assert.DoesNotContain("dunes", broken.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", broken.Text, StringComparison.Ordinal);
        var hold = HoldId().Match(broken.Text).Value;
        await gateway.ApproveAsync(hold, reviewers: 1);
        var released = await gateway.SearchAsync(body, hold);
        Assert.Equal(string.Concat(events), released.Text);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_stream_whose_provider_breaks_off_behind_the_held_tool_call_is_kept_by_nobody()
    {
        await using var upstream = ScriptedUpstream.Start(Script.EventsCutOff(
            Script.ChunkEvent("""{"role":"assistant"}"""), HeldEffect.Call(0, "dunes"), Script.ChunkEvent("{}", "\"tool_calls\"")));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HeldEffect.Clause);

        var answer = await gateway.SearchAsync(HeldEffect.Body("gpt-x", stream: true));

        Assert.DoesNotContain("needs_approval", answer.Text, StringComparison.Ordinal);
        var listed = await gateway.SendAsync(HttpMethod.Get, "/holdpoint/holds", null, TestGateway.ReviewerKey);
        Assert.Empty(listed.Json["holds"]!.AsArray());
    }

    [Fact]
    public async Task Text_that_a_clause_holds_for_is_kept_and_released_as_it_was()
    {
        var answered = Script.CompletionJson("You are cleared to engage the target.");
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, answered));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        const string Body = """{"model":"gpt-x","messages":[{"role":"user","content":"hello"}]}""";
        var hold = HeldCall.HoldOf(await gateway.PostChatAsync(Body));
        Assert.Equal("answer", (await gateway.ShowAsync(hold))["hold"]!["kind"]!.GetValue<string>());
        await gateway.ApproveAsync(hold, reviewers: 1);
        Assert.Equal(HttpStatusCode.Created, (await gateway.DecideAsync(hold, 3, seat: "commander")).Status);

        var released = await gateway.PostChatAsync(Body, ("Holdpoint-Hold", hold));

        Assert.True(released.Status == HttpStatusCode.OK && released.Text == answered, released.Text);
        Assert.Single(upstream.Requests);
    }

    private static string Whole(params string[] queries) =>
        """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":["""
        + """{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[""" +
        string.Join(',', queries.Select((query, i) =>
            """{"id":"call_"""
            + $$$"""{{{i}}}","type":"function","function":{"name":"search_library","arguments":"{\"query\":\"{{{query}}}\"}"}}""")) +
        """]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    [GeneratedRegex("hold_[0-9a-f]{32}")]
    private static partial Regex HoldId();
}
