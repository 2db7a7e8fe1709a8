namespace Holdpoint.Agreements.Tests.Deciding;

/// <summary>What Holdpoint adds to Cedar: needs, holds and refusals, on small agreements.</summary>
public sealed class NeedRuleTests
{
    private static readonly Subject Call = new Subject.Invoke("desk", "p", "echo", "echo");

    private static readonly Situation Plain = new(ContentFacts.Unattested(10, 0), ExposureCounts.None);

    // Overflows: the one error that no type shows.
    private const string Errs = "when { context.content.unattestedBytes + 9223372036854775807 > 0 }";

    [Fact]
    public void Without_a_permit_it_is_refused()
    {
        using var draft = new DraftAgreement { ["clauses/use.cedar"] = DraftAgreement.Permit.Replace(
            ";", " when { context.suspended };", StringComparison.Ordinal) };

        var decision = draft.LoadSound().Decide(Call, Plain);

        var refusal = Assert.IsType<Verdict.Refuse>(decision.Verdict);
        Assert.Equal(Cause.NotPermitted, refusal.Cause);
        Assert.Empty(refusal.By);
    }

    [Fact]
    public void An_erring_forbid_refuses_although_Cedar_allows()
    {
        using var draft = new DraftAgreement { ["clauses/x.cedar"] = DraftAgreement.Forbid(Errs) };

        var decision = draft.LoadSound().Decide(Call, Plain);

        var refusal = Assert.IsType<Verdict.Refuse>(decision.Verdict);
        Assert.Equal(Cause.ClauseError, refusal.Cause);
        Assert.Equal([new ClauseId("x")], refusal.By);
        Assert.Equal(CedarDecision.Allow, decision.Cedar);
        Assert.Equal(new ClauseId("x"), Assert.Single(decision.Errors).Clause);
    }

    [Fact]
    public void An_erring_hold_refuses_whatever_seats_are_filled()
    {
        using var draft = new DraftAgreement { ["clauses/x.cedar"] = DraftAgreement.Forbid(Errs, "@hold(\"reviewer:1\")") };

        Assert.Equal(Need.Top, NeedOf(draft.LoadSound(), Plain with { FilledSeats = Seats.Of(new Seat("reviewer", 1)) }));
    }

    [Fact]
    public void An_erring_permit_permits_nothing_and_refuses_nothing_that_another_permits()
    {
        using var draft = new DraftAgreement
        {
            ["clauses/x.cedar"] = DraftAgreement.Permit.Replace(";", " " + Errs + ";", StringComparison.Ordinal),
        };
        var decision = draft.LoadSound().Decide(Call, Plain);
        Assert.Equal([new ClauseId("use")], Assert.IsType<Verdict.Permit>(decision.Verdict).By);
        Assert.Single(decision.Errors);

        draft["clauses/use.cedar"] = null;
        Assert.Equal(Need.Top, NeedOf(draft.LoadSound(), Plain));
    }

    [Fact]
    public void Several_holds_unite_their_seats()
    {
        using var draft = new DraftAgreement
        {
            ["clauses/x.cedar"] = DraftAgreement.Forbid("", "@hold(\"reviewer:2\")"),
            ["clauses/y.cedar"] = DraftAgreement.Forbid("", "@hold(\"reviewer:1, provider:1\")"),
        };
        var agreement = draft.LoadSound();

        var hold = Assert.IsType<Verdict.Hold>(agreement.Decide(Call, Plain).Verdict);
        Assert.Equal("provider#1, reviewer#1, reviewer#2", hold.Needs.ToString());
        Assert.Equal([new ClauseId("x"), new ClauseId("y")], hold.By);
        Assert.Equal(new Need(Seats.None), NeedOf(agreement, Plain with { FilledSeats = hold.Needs }));
    }

    [Fact]
    public void A_forbid_that_does_not_hold_beats_those_that_do()
    {
        using var draft = new DraftAgreement
        {
            ["clauses/x.cedar"] = DraftAgreement.Forbid("", "@hold(\"reviewer:2\")"),
            ["clauses/y.cedar"] = DraftAgreement.Forbid(""),
        };
        var refusal = Assert.IsType<Verdict.Refuse>(draft.LoadSound().Decide(Call, Plain).Verdict);

        Assert.Equal(Cause.Forbidden, refusal.Cause);
        Assert.Equal([new ClauseId("y")], refusal.By);
    }

    [Fact]
    public void A_red_line_stops_what_the_clauses_let_through()
    {
        using var draft =
            new DraftAgreement { ["red-lines/never.cedar"] = DraftAgreement.Forbid("when { context.content.subjects == 0 }") };

        var decision = draft.LoadSound().Decide(Call, Plain);

        Assert.True(Assert.Single(decision.Reasons).IsRedLine);
        Assert.IsType<Verdict.Refuse>(decision.Verdict);
    }

    [Fact]
    public void One_clause_with_two_matching_policies_is_named_once()
    {
        using var draft = new DraftAgreement
        {
            ["clauses/x.cedar"] = DraftAgreement.Forbid("") + "\nforbid (principal, action, resource) when { true };",
        };
        Assert.Equal([new ClauseId("x")], Assert.IsType<Verdict.Refuse>(draft.LoadSound().Decide(Call, Plain).Verdict).By);
    }

    [Fact]
    public void Suspension_by_the_agreement_or_by_the_operator_is_one_fact()
    {
        using var draft = new DraftAgreement { ["clauses/x.cedar"] = DraftAgreement.Forbid("when { context.suspended }") };
        var agreement = draft.LoadSound();

        Assert.Equal(Need.Top, NeedOf(agreement, Plain, new Subject.Invoke("attic", "p", "echo", "echo")));
        Assert.Equal(Need.Top, NeedOf(agreement, Plain with { Suspended = true }));
        Assert.Equal(new Need(Seats.None), NeedOf(agreement, Plain));
    }

    [Fact]
    public void A_strangers_word_for_something_counts_as_unknown()
    {
        using var draft = new DraftAgreement
        {
            ["agreement.yaml"] = DraftAgreement.Facts(
                issuers: $"[{{ name: office, party: bank, key: \"{TestKey}\", predicates: [authority/v1], until: 2030-06-30 }}]"),
            ["clauses/x.cedar"] = DraftAgreement.Forbid("when { context.content.origins.contains(Holdpoint::Origin::\"unknown\") }"),
        };
        var content = new ContentFacts(["from far away"], ["us"], ["public"], ["none"], ["health"], ["office"], 1, 0, 0);

        Assert.Equal(Need.Top, NeedOf(draft.LoadSound(), Plain with { Content = content }));
        Assert.Equal(
            new Need(Seats.None),
            NeedOf(draft.LoadSound(), Plain with { Content = new(
                ["foreign"], ["us"], ["public"], ["none"], ["health"], ["office"], 1, 0, 0) }));
    }

    [Fact]
    public void A_situation_that_only_a_bug_can_make_is_refused()
    {
        using var draft = new DraftAgreement();
        var agreement = draft.LoadSound();
        Situation[] broken =
        [
            Plain with { Content = new(["foreign"], ["us"], ["public"], ["none"], ["health"], ["nobody"], 1, 0, 0) },
            Plain with { FilledSeats = Seats.Of(new Seat("nobody", 1)) },
            Plain with { Claimed = new Claimed(Purpose: "nothing known") },
        ];

        Assert.All(broken, situation => Assert.Equal(
            Cause.SituationInvalid, Assert.IsType<Verdict.Refuse>(agreement.Decide(Call, situation).Verdict).Cause));
    }

    [Fact]
    public void Deciding_from_many_threads_gives_what_one_gives()
    {
        using var draft =
            new DraftAgreement { ["clauses/x.cedar"] = DraftAgreement.Forbid("when { context.content.unattestedPersons > 5 }") };
        var agreement = draft.LoadSound();

        Parallel.For(0, 10_000, i =>
        {
            var refused = NeedOf(
                agreement, Plain with { Content = ContentFacts.Unattested(1, i % 12) },
                new Subject.Invoke("desk", $"p-{i}", "echo", "echo")) == Need.Top;
            Assert.Equal(i % 12 > 5, refused);
        });
    }

    private const string TestKey = "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik=";

    private static Need NeedOf(Agreement agreement, Situation situation, Subject? subject = null) =>
        Need.Of(agreement.Decide(subject ?? Call, situation).Verdict);
}
