using System.Net;
using System.Text;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Calls;

/// <summary>One caller cannot starve the others.</summary>
public sealed class ClientLoadTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_rate_gives_its_burst_at_once_and_then_as_much_as_it_says()
    {
        var rate = new Rate();

        Assert.Equal(5, Enumerable.Range(0, 20).Count(_ => rate.TryTake(Start, perSecond: 2, burst: 5, out TimeSpan _)));
        Assert.False(rate.TryTake(Start, 2, 5, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(0.5), wait);
        Assert.True(rate.TryTake(Start + wait, 2, 5, out _));
        Assert.False(rate.TryTake(Start + wait, 2, 5, out _));
        Assert.Equal(5, Enumerable.Range(0, 20).Count(_ => rate.TryTake(Start.AddHours(1), 2, 5, out TimeSpan _)));
    }

    [Fact]
    public async Task Faults_over_the_rate_are_counted_and_good_requests_go_on()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await TestGateway.StartAsync(limits: "{ faults_per_second: 1 }", time: time);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await LostAsync()).Status);
        }

        var before = (await gateway.StatusAsync())["records"]!.GetValue<long>();
        var limited = await LostAsync();
        await LostAsync();

        Assert.Equal((429, "rate_limited", "1"), ((int)limited.Status, limited.Cause, limited.Headers["Retry-After"]));
        Assert.DoesNotContain("Holdpoint-Record", limited.Headers.Keys);
        Assert.Equal(before, (await gateway.StatusAsync())["records"]!.GetValue<long>());
        Assert.Equal(HttpStatusCode.OK, (await gateway.ChatAsync("hello")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LostAsync(TestGateway.ColleagueKey)).Status);

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, (await LostAsync()).Status);
        await gateway.StopAsync();
        await gateway.StartAgainAsync();
        var records = (await gateway.StatusAsync())["records"]!.GetValue<long>();
        List<long> counted = [];
        for (var i = before; i < records; i++)
        {
            if (await gateway.RecordAsync(i) is var record && record["kind"]!.ToString() == "limited")
            {
                counted.Add(record["requests"]!.GetValue<long>());
                Assert.Equal("analysts-cloud", record["deployment"]!.ToString());
            }
        }

        Assert.Equal([2], counted);

        Task<TestAnswer> LostAsync(string key = TestGateway.AnalystKey) =>
            gateway.SendAsync(HttpMethod.Post, "/v1/nowhere", Encoding.UTF8.GetBytes("{}"), key);
    }

    [Fact]
    public async Task Requests_over_the_rate_of_one_key_are_told_when_to_come_back_and_others_are_served()
    {
        await using var gateway = await TestGateway.StartAsync(limits: "{ requests_per_second: 1 }", time: new ManualTimeProvider());
        Assert.Equal(HttpStatusCode.OK, (await gateway.ChatAsync("one")).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.ChatAsync("two")).Status);

        var third = await gateway.ChatAsync("three");

        Assert.Equal((429, "rate_limited", "1"), ((int)third.Status, third.Cause, third.Headers["Retry-After"]));
        Assert.Equal(200, (int)(await gateway.SendAsync(HttpMethod.Get, "/holdpoint/status", null, TestGateway.OperatorKey)).Status);
    }

    [Fact]
    public async Task One_key_takes_its_share_of_the_memory_and_no_more()
    {
        // Less than what the agreement lets nobody vouch for.
        const int Body = 200 * 1024;
        await using var upstream = ScriptedUpstream.Start(
            Script.Silence, Script.Silence, Script.Silence, Script.Completion("well"));
        await using var gateway = await TestGateway.StartAsync(
            new Uri(upstream.Url),
            $"{{ body_bytes: {Body}, answer_bytes: {Body}, content_bytes: {16 * Body}, content_share: 0.25 }}");
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<HttpResponseMessage>[] asking = [.. Enumerable.Range(0, 3).Select(_ => PostAsync(TestGateway.AnalystKey, leaving.Token))];
        while (upstream.Requests.Count < asking.Length && !asking.Any(call => call.IsCompleted))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        using var fourth = await PostAsync(TestGateway.AnalystKey, leaving.Token);
        using var other = await PostAsync(TestGateway.ColleagueKey, leaving.Token);

        Assert.Equal((503, 200), ((int)fourth.StatusCode, (int)other.StatusCode));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(asking));

        async Task<HttpResponseMessage> PostAsync(string key, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
            {
                Content = new StringContent(
                    $$"""{"model":"gpt-x","messages":[{"role":"user","content":"{{new string(' ', Body - 100)}}"}]}""",
                    Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Authorization", "Bearer " + key);
            return await gateway.Http.SendAsync(request, cancellationToken);
        }
    }

    [Fact]
    public async Task Turns_are_taken_in_order_and_whoever_leaves_takes_none()
    {
        var turns = new Turns(atOnce: 1, mostWaiting: 2);
        using var leaving = new CancellationTokenSource();
        Assert.True(await turns.TryTakeAsync(CancellationToken.None));
        var left = turns.TryTakeAsync(leaving.Token).AsTask();
        var next = turns.TryTakeAsync(CancellationToken.None).AsTask();

        Assert.False(await turns.TryTakeAsync(CancellationToken.None));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.False(next.IsCompleted);
        turns.End();
        Assert.True(await next);
    }
}
