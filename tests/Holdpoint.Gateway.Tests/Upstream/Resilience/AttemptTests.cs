using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Upstream.Resilience;

namespace Holdpoint.Gateway.Tests.Upstream.Resilience;

/// <summary>Which outcomes let a call be sent again, and after which wait: a wrong line here is a call that happens twice.</summary>
public sealed class AttemptTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(429, "No", true, false)]
    [InlineData(503, "No", true, true)]
    [InlineData(529, "No", true, true)]
    [InlineData(408, "Unknown", true, true)]
    [InlineData(500, "Unknown", true, true)]
    [InlineData(502, "Unknown", true, true)]
    [InlineData(504, "Unknown", true, true)]
    [InlineData(400, "Yes", false, false)]
    [InlineData(404, "Yes", false, false)]
    [InlineData(409, "Yes", false, false)]
    [InlineData(413, "Yes", false, false)]
    [InlineData(422, "Yes", false, false)]
    public void A_status_says_whether_the_call_was_taken(int status, string taken, bool mayAskAgain, bool isSick)
    {
        var attempt = Attempt.Of(Error(status), Now);

        Assert.Equal((taken, mayAskAgain, isSick), (attempt.Delivery.ToString(), attempt.MayAskAgain, attempt.IsSick));
    }

    [Fact]
    public void An_answer_is_final_and_a_time_out_is_not_waited_for_twice()
    {
        var answered = Attempt.Of(new ForwardOutcome.Answered(Answer(AnswerKind.Stream, 200)), Now);
        var late = Attempt.Of(new ForwardOutcome.Failed(UpstreamFaults.TimedOut), Now);
        var refusedKey = Attempt.Of(new ForwardOutcome.Failed(UpstreamFaults.Credentials, Delivery.No), Now);

        var quotedKey = Attempt.Of(new ForwardOutcome.Failed(UpstreamFaults.Credentials), Now);
        var tooLarge = Attempt.Of(new ForwardOutcome.Failed(UpstreamFaults.TooLarge), Now);
        var full = Attempt.Of(new ForwardOutcome.Failed(UpstreamFaults.Full, Delivery.No), Now);

        Assert.Equal((Delivery.Yes, Delivery.Yes, Delivery.Unknown), (answered.Delivery, tooLarge.Delivery, quotedKey.Delivery));
        Assert.Equal((Delivery.No, false, false), (full.Delivery, full.MayAskAgain, full.IsSick));
        Assert.Equal((Delivery.Unknown, false, true), (late.Delivery, late.MayAskAgain, late.IsSick));
        Assert.Equal((Delivery.No, false, false), (refusedKey.Delivery, refusedKey.MayAskAgain, refusedKey.IsSick));
    }

    [Theory]
    [InlineData("retry-after", "7", 7_000)]
    [InlineData("retry-after-ms", "250", 250)]
    [InlineData("retry-after", "Sun, 01 Mar 2026 12:00:09 GMT", 9_000)]
    [InlineData("retry-after", "Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("retry-after", "-1", null)]
    [InlineData("retry-after", "soon", null)]
    [InlineData("retry-after", "99999999999999", null)]
    [InlineData("x-request-id", "7", null)]
    public void Retry_after_is_read_in_every_form_and_nothing_else_is(string name, string value, int? milliseconds) =>
        Assert.Equal(milliseconds, (int?)Attempt.Of(Error(429, (name, value)), Now).RetryAfter?.TotalMilliseconds);

    [Fact]
    public void Waits_grow_are_spread_and_stay_within_the_longest()
    {
        var rule = new RetryRule { Rounds = 8, LongestWait = TimeSpan.FromSeconds(2) };
        var attempt = new Attempt(Delivery.No, MayAskAgain: true, IsSick: true, RetryAfter: null);

        double[][] waits = [.. Enumerable.Range(1, 8).Select(
            round => Enumerable.Range(0, 200).Select(_ => attempt.WaitBefore(rule, round)!.Value.TotalSeconds).ToArray())];

        Assert.All(
            waits.Zip([0.5, 1, 2, 2, 2, 2, 2, 2]),
            pair => Assert.All(pair.First, wait => Assert.InRange(wait, pair.Second / 2, pair.Second)));
        Assert.All(waits, round => Assert.True(round.Distinct().Count() > 100));
        Assert.Null(attempt.WaitBefore(rule, 9));
    }

    [Theory]
    [InlineData(1.5, 1.5, 1.65)]
    [InlineData(2d, 2d, 2.2)]
    [InlineData(2.01, null, null)]
    public void A_provider_is_never_asked_before_its_time_nor_waited_for_too_long(double asked, double? least, double? most)
    {
        var attempt = new Attempt(Delivery.No, MayAskAgain: true, IsSick: false, TimeSpan.FromSeconds(asked));
        var wait = attempt.WaitBefore(RetryRule.Default, round: 1);

        Assert.Equal(least is null, wait is null);
        Assert.True(wait is null || (wait.Value.TotalSeconds >= least && wait.Value.TotalSeconds <= most));
    }

    [Fact]
    public void Retries_are_a_fifth_of_the_calls_under_way_and_three_in_any_case()
    {
        var budget = new RetryBudget();
        RetryBudget.Share[] calls = [.. Enumerable.Range(0, 100).Select(_ => budget.Begin())];

        Assert.Equal(20, calls.Count(call => call.TryGoAgain()));
        Assert.Equal(20, calls.Count(call => call.TryGoAgain()));
        foreach (var call in calls)
        {
            call.Dispose();
        }

        Assert.Equal(3, Enumerable.Range(0, 5).Select(_ => budget.Begin()).Count(call => call.TryGoAgain()));
    }

    private static ForwardOutcome.Answered Error(int status, params (string, string)[] headers) =>
        new(Answer(AnswerKind.Error, status, headers));

    private static MemoryAnswer Answer(AnswerKind kind, int status, params (string, string)[] headers) =>
        new([]) { Kind = kind, Status = status, ContentType = null, Headers = [.. headers] };
}
