using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Upstream.Sending;

namespace Holdpoint.Gateway.Tests.Upstream.Resilience;

public sealed class GuardedUpstreamTests
{
    private static readonly CircuitRule Rule = new() { LeastAttempts = 4, Break = TimeSpan.FromSeconds(5) };

    private readonly ManualTimeProvider _time = new();
    private readonly List<CircuitState> _told = [];

    [Fact]
    public async Task Calls_to_one_that_mostly_fails_are_paused_then_one_tries_it_and_then_all_reach_it()
    {
        var asked = new AskedUpstream { Outcome = new ForwardOutcome.Failed(UpstreamFaults.Unreachable) };
        using var upstream = Guarded(asked);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("upstream_unreachable", (await upstream.FaultAsync(Hello())).Cause);
        }

        var whileOpen = await upstream.FaultAsync(Hello());
        Assert.Equal((503, "upstream_suspended", 5d), (whileOpen.Status, whileOpen.Cause, whileOpen.RetryAfter!.Value.TotalSeconds));
        Assert.Equal((4, CircuitState.Open), (asked.Times, upstream.State));

        // Still sick: one call finds out, the next is not sent.
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("upstream_unreachable", (await upstream.FaultAsync(Hello())).Cause);
        Assert.Equal("upstream_suspended", (await upstream.FaultAsync(Hello())).Cause);
        Assert.Equal(5, asked.Times);

        asked.Outcome = Answered();
        _time.Advance(TimeSpan.FromSeconds(6));
        await (await upstream.AnswerAsync(Hello())).DisposeAsync();
        Assert.Equal([CircuitState.Open, CircuitState.HalfOpen, CircuitState.Open, CircuitState.HalfOpen, CircuitState.Closed], _told);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(400)]
    public async Task Errors_that_are_no_sickness_leave_it_in_use(int status)
    {
        var asked = new AskedUpstream { Outcome = Answered(AnswerKind.Error, status) };
        using var upstream = Guarded(asked);

        for (var i = 0; i < 20; i++)
        {
            await upstream.AnswerAsync(Hello());
        }

        Assert.Equal((20, CircuitState.Closed), (asked.Times, upstream.State));
    }

    [Fact]
    public async Task A_client_that_leaves_says_nothing_about_the_upstream()
    {
        var asked = new AskedUpstream { Outcome = null };
        using var upstream = Guarded(asked);
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upstream.SendAsync(Hello(), left.Token).AsTask());
        }

        Assert.Equal((CircuitState.Closed, 0), (upstream.State, upstream.UnderWay));
    }

    [Fact]
    public async Task A_client_that_leaves_during_the_trial_leaves_the_trial_to_the_next_call()
    {
        var asked = new AskedUpstream { Outcome = new ForwardOutcome.Failed(UpstreamFaults.Unreachable) };
        using var upstream = Guarded(asked);
        await FailAsync(upstream, times: 4);
        _time.Advance(TimeSpan.FromSeconds(6));
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        asked.Outcome = null;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upstream.SendAsync(Hello(), left.Token).AsTask());

        Assert.Equal(CircuitState.HalfOpen, upstream.State);
        asked.Outcome = Answered();
        await (await upstream.AnswerAsync(Hello())).DisposeAsync();
        Assert.Equal(CircuitState.Closed, upstream.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_to_a_call_from_before_the_pause_decides_nothing(bool isSick)
    {
        var asked = new AskedUpstream { Late = new() };
        using var upstream = Guarded(asked);
        var late = upstream.SendAsync(Hello(), TestContext.Current.CancellationToken).AsTask();
        var second = upstream.SendAsync(Hello(), TestContext.Current.CancellationToken).AsTask();
        var (answers, sick) = (asked.Late, new ForwardOutcome.Failed(UpstreamFaults.Unreachable));
        (asked.Late, asked.Outcome) = (null, sick);
        await FailAsync(upstream, times: 4);

        answers.SetResult(isSick ? sick : Answered());
        await Task.WhenAll(late, second);

        Assert.Equal((CircuitState.Open, 1), (upstream.State, _told.Count));
    }

    [Fact]
    public async Task What_left_the_window_no_longer_counts()
    {
        var asked = new AskedUpstream { Outcome = new ForwardOutcome.Failed(UpstreamFaults.Unreachable) };
        using var upstream = Guarded(asked);

        for (var i = 0; i < 12; i++)
        {
            await FailAsync(upstream, times: 1);
            _time.Advance(Rule.Window / 3);
        }

        Assert.Equal(CircuitState.Closed, upstream.State);
        await FailAsync(upstream, times: 2);
        Assert.Equal(CircuitState.Open, upstream.State);
    }

    [Fact]
    public async Task What_was_counted_under_one_rule_counts_under_the_next()
    {
        var asked = new AskedUpstream { Outcome = new ForwardOutcome.Failed(UpstreamFaults.Unreachable) };
        var state = new UpstreamState("a", _time);
        using var before = Guarded(asked, state: state);
        using var after = Guarded(asked, rule: Rule with { LeastAttempts = 5, Window = TimeSpan.FromMinutes(5) }, state: state);

        await FailAsync(before, times: 3);
        await FailAsync(after, times: 1);
        Assert.Equal(CircuitState.Closed, after.State);
        await FailAsync(after, times: 1);

        Assert.Equal((CircuitState.Open, CircuitState.Open), (before.State, after.State));
    }

    [Fact]
    public async Task A_slot_is_held_as_long_as_the_answer_and_no_longer()
    {
        var asked = new AskedUpstream { Outcome = Answered() };
        using var upstream = Guarded(asked, connections: 2);

        var first = await upstream.AnswerAsync(Hello());
        var second = await upstream.AnswerAsync(Hello());
        var third = await upstream.FaultAsync(Hello());
        await first.DisposeAsync();
        await first.DisposeAsync();
        var fourth = await upstream.AnswerAsync(Hello());
        var fifth = await upstream.FaultAsync(Hello());

        Assert.Equal((503, "upstream_full", 3), (third.Status, third.Cause, asked.Times));
        Assert.Equal("upstream_full", fifth.Cause);
        await second.DisposeAsync();
        await fourth.DisposeAsync();
        Assert.Equal(0, upstream.UnderWay);
    }

    [Fact]
    public async Task A_key_that_was_changed_where_it_is_kept_is_found_when_the_old_one_is_refused()
    {
        using var folder = new TempFolder();
        folder.WriteKey("key", "sk-old");
        var source = new SecretSource.KeyFile(folder["key"]);
        await using var provider = ScriptedUpstream.Start(
            Script.Completion("a"), Script.Answer(401, "{}"), Script.Completion("b"), Script.Answer(401, "{}"));
        using var upstream = Guarded(new HttpUpstream(
            "openai", Models("m"), ProviderApi.OpenAi, UpstreamAddress.Parse(provider.Url, out _)!,
            new ProviderKey(source.Read()!, source)));

        await (await upstream.AnswerAsync(Hello())).TextAsync();
        await File.WriteAllTextAsync(folder["key"], "sk-new\n", TestContext.Current.CancellationToken);
        await (await upstream.AnswerAsync(Hello())).TextAsync();
        var stillRefused = await upstream.FaultAsync(Hello());

        Assert.Equal("upstream_credentials", stillRefused.Cause);
        Assert.Equal(
            ["Bearer sk-old", "Bearer sk-old", "Bearer sk-new", "Bearer sk-new"],
            provider.Requests.Select(request => request.Header("Authorization")));
    }

    private GuardedUpstream Guarded(
        ModelUpstream upstream, int connections = 100, CircuitRule? rule = null, UpstreamState? state = null) => new(
        upstream,
        new UpstreamSettings("a", UpstreamKind.OpenAi, "openai", null, null, []) { Connections = connections },
        rule ?? Rule,
        state ?? new UpstreamState("a", _time, (_, now) => _told.Add(now)));

    private static async Task FailAsync(GuardedUpstream upstream, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal("upstream_unreachable", (await upstream.FaultAsync(Hello())).Cause);
        }
    }

    private static ForwardOutcome.Answered Answered(AnswerKind kind = AnswerKind.Whole, int status = 200) =>
        new(new MemoryAnswer([]) { Kind = kind, Status = status, ContentType = null });

    /// <summary>An upstream that says what it is told to, and counts. Told nothing, it waits for the client to leave.</summary>
    private sealed class AskedUpstream() : ModelUpstream("asked", ImmutableArray<ModelPattern>.Empty)
    {
        public ForwardOutcome? Outcome { get; set; }

        /// <summary>While it is set, calls wait for its result.</summary>
        public TaskCompletionSource<ForwardOutcome>? Late { get; set; }

        public int Times { get; private set; }

        public override bool Speaks(ApiFamily family) => true;

        public override async ValueTask<ForwardOutcome> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
        {
            Times++;
            if (Late is { } late)
            {
                return await late.Task;
            }

            if (Outcome is null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return Outcome!;
        }

        public override void Dispose()
        {
        }
    }
}
