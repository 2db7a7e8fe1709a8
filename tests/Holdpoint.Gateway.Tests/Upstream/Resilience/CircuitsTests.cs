using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Upstream.Resilience;

/// <summary>Who is paused by whose failures.</summary>
public sealed class CircuitsTests
{
    private static readonly (string, string) Alice = ("d", "alice"), Bob = ("d", "bob"), Carol = ("d", "carol"), Dave = ("d", "dave");
    private static readonly CircuitRule Rule = CircuitRule.Default with { LeastAttempts = 4 };

    private readonly ManualTimeProvider _time = new();
    private readonly Circuits _circuits;

    public CircuitsTests() => _circuits = new(_time);

    [Fact]
    public void One_client_that_fails_pauses_itself_and_nobody_else()
    {
        Make(Bob, isSick: false, attempts: 1);
        Make(Alice, isSick: true, attempts: 100);

        Assert.False(IsAllowed(Alice));
        Assert.True(IsAllowed(Bob));
        Assert.True(IsAllowed(Carol));
        Assert.Equal(CircuitState.Closed, _circuits.State);
    }

    [Fact]
    public void When_several_fail_those_are_paused_who_are_not_served()
    {
        Make(Carol, isSick: false, attempts: 1);
        FailBoth();

        Assert.False(IsAllowed(Alice));
        Assert.False(IsAllowed(Dave));
        Assert.True(IsAllowed(Carol));
        Assert.Equal(CircuitState.Open, _circuits.State);
    }

    [Fact]
    public void Two_of_many_are_not_a_reason_to_pause_others()
    {
        foreach (var well in (string[])["1", "2", "3"])
        {
            Make(("d", well), isSick: false, attempts: 1);
        }

        Make(Alice, isSick: true, attempts: 50);
        Make(Bob, isSick: true, attempts: 50);

        Assert.False(IsAllowed(Alice));
        Assert.True(IsAllowed(Dave));
    }

    [Fact]
    public void After_the_pause_one_attempt_finds_out_for_everybody()
    {
        FailBoth();

        _time.Advance(Rule.Break);

        Assert.True(_circuits.TryBegin(Carol, Rule, out var trial));
        Assert.False(_circuits.TryBegin(Dave, Rule, out _));
        _circuits.End(Rule, trial, Outcome(isSick: false));
        Assert.True(IsAllowed(Dave));
        Assert.Equal(CircuitState.Closed, _circuits.State);
    }

    [Fact]
    public void The_failures_of_long_ago_count_for_nobody()
    {
        Make(Alice, isSick: true, attempts: 1);
        Make(Bob, isSick: true, attempts: 1);
        _time.Advance(Rule.Window * 2);
        Make(Carol, isSick: true, attempts: 3);

        Assert.True(IsAllowed(Dave));
    }

    [Fact]
    public void A_client_that_failed_and_left_is_no_second_one()
    {
        Make(Alice, isSick: true, attempts: 4);
        _time.Advance(Rule.Window * 2);
        Make(Bob, isSick: true, attempts: 50);

        Assert.False(IsAllowed(Bob));
        Assert.True(IsAllowed(Dave));
    }

    [Fact]
    public void One_that_fails_alone_keeps_nobody_paused_after_the_other_has_left()
    {
        FailBoth();
        _time.Advance(Rule.Window * 2);

        Assert.True(_circuits.TryBegin(Alice, Rule, out var trial));
        _circuits.End(Rule, trial, Outcome(isSick: true));

        Assert.True(IsAllowed(Dave));
        Assert.Equal(CircuitState.Closed, _circuits.State);
    }

    [Fact]
    public void While_both_fail_a_failed_trial_pauses_all_again()
    {
        FailBoth();
        _time.Advance(Rule.Break);

        Assert.True(_circuits.TryBegin(Alice, Rule, out var trial));
        _circuits.End(Rule, trial, Outcome(isSick: true));

        Assert.False(IsAllowed(Dave));
    }

    private void FailBoth()
    {
        for (var i = 0; i < 3; i++)
        {
            Make(Alice, isSick: true, attempts: 1);
            Make(Bob, isSick: true, attempts: 1);
        }
    }

    private void Make((string, string) client, bool isSick, int attempts)
    {
        for (var i = 0; i < attempts; i++)
        {
            if (_circuits.TryBegin(client, Rule, out var attempt))
            {
                _circuits.End(Rule, attempt, Outcome(isSick));
            }
        }
    }

    private bool IsAllowed((string, string) client)
    {
        var isAllowed = _circuits.TryBegin(client, Rule, out var attempt);
        if (isAllowed)
        {
            _circuits.Abandon(attempt);
        }

        return isAllowed;
    }

    private static ForwardOutcome Outcome(bool isSick) => isSick
        ? new ForwardOutcome.Failed(UpstreamFaults.Unreachable)
        : new ForwardOutcome.Answered(new MemoryAnswer([])
        {
            Kind = AnswerKind.Whole, Status = 200, ContentType = null, Headers = [], Length = 0,
        });
}
