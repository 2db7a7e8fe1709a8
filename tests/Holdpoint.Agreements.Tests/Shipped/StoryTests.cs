namespace Holdpoint.Agreements.Tests.Shipped;

/// <summary>The stories that the shipped agreement is there for; the demo tells some of them over HTTP.</summary>
public sealed class StoryTests
{
    private static readonly Subject Call = new Subject.Invoke("analysts-cloud", "analyst-7", "echo", "echo");

    private static readonly Situation Chat = new(ContentFacts.Unattested(200, 0), ExposureCounts.None);

    private static readonly Situation TwelveRows = new(ContentFacts.Unattested(1_400, 12), new ExposureCounts(12, 12, 12));

    private static readonly Situation BoughtRows = new(
        Bought(unattestedPersons: 0), new ExposureCounts(12, 12, 12)) { Signals = new Signals(12, 12, 12) };

    private static readonly Situation BoughtRowsUnderWarrant =
        BoughtRows with { Authority = new ProvedAuthority("warrant", CoversContent: true), Purpose = "bulkAnalysis" };

    private static readonly Claimed Favourable =
        new("research", "foreign", "other", "subject", "individual", ["nonPersonal"], "cloud", "warrant", true);

    [Theory]
    [InlineData("echo", "echo")]
    [InlineData("gpt-5.1", "openai")]
    [InlineData("claude-opus-4-5", "anthropic")]
    public void A_plain_chat_is_permitted(string model, string provider)
    {
        var decision = ShippedAgreement.WithIssuer.Decide(new Subject.Invoke("analysts-cloud", "analyst-7", model, provider), Chat);

        Assert.Equal([new ClauseId("permitted-use")], Assert.IsType<Verdict.Permit>(decision.Verdict).By);
        Assert.Equal(CedarDecision.Allow, decision.Cedar);
        Assert.Empty(decision.Errors);
    }

    [Fact]
    public void Rows_of_people_that_nobody_vouches_for_are_refused() => AssertRefused(Call, TwelveRows, "mass-domestic-surveillance");

    [Fact]
    public void Favourable_claims_about_them_change_nothing() =>
        AssertRefused(Call, TwelveRows with { Claimed = Favourable }, "mass-domestic-surveillance");

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Five_people_are_few_and_six_are_the_worst_case(int persons, bool permitted) =>
        Assert.Equal(permitted, Verdict(Call, new(ContentFacts.Unattested(900, persons), ExposureCounts.None)) is Verdict.Permit);

    [Fact]
    public void Bought_rows_are_refused_by_the_clause_on_bulk_acquired_data() => AssertRefused(Call, BoughtRows, "bulk-acquired-data");

    [Theory]
    [InlineData("warrant")]
    [InlineData("courtOrder")]
    [InlineData("statute")]
    public void A_legal_authority_that_covers_the_dataset_opens_it(string basis) =>
        Assert.IsType<Verdict.Permit>(Verdict(
            Call, BoughtRowsUnderWarrant with { Authority = new ProvedAuthority(basis, CoversContent: true) }));

    [Theory]
    [InlineData("subpoena", true)]
    [InlineData("contract", true)]
    [InlineData("a word of its own", true)]
    [InlineData("warrant", false)]
    public void An_authority_of_another_kind_or_for_other_data_opens_nothing(string basis, bool covers) =>
        AssertRefused(Call, BoughtRowsUnderWarrant with { Authority = new ProvedAuthority(basis, covers) }, "bulk-acquired-data");

    [Fact]
    public void One_changed_row_beside_them_is_refused_even_under_a_warrant() =>
        AssertRefused(Call, BoughtRowsUnderWarrant with { Content = Bought(unattestedPersons: 1) }, "bulk-data-without-gaps");

    [Theory]
    [InlineData("genomic", 100, 101)]
    [InlineData("unknown", 100, 101)]
    [InlineData("geolocation", 1_000, 1_001)]
    [InlineData("biometric", 1_000, 1_001)]
    [InlineData("omic", 1_000, 1_001)]
    [InlineData("health", 10_000, 10_001)]
    [InlineData("financial", 10_000, 10_001)]
    [InlineData("identifiers", 100_000, 100_001)]
    public void Bulk_begins_where_28_CFR_202_205_has_it(string dataClass, int last, int first)
    {
        Assert.IsType<Verdict.Permit>(Verdict(Call, About(last)));
        AssertRefused(Call, About(first), "bulk-acquired-data");

        Situation About(long subjects) => new(
            new ContentFacts(
                ["foreign"], ["other"], ["commercial"], ["individual"], [dataClass], [ShippedAgreement.Issuer], subjects, 100, 0),
            ExposureCounts.None);
    }

    [Theory]
    [InlineData("commercial", true)]
    [InlineData("scraped", true)]
    [InlineData("bulkCollection", true)]
    [InlineData("unknown", true)]
    [InlineData("operational", false)]
    [InlineData("targeted", false)]
    public void Data_is_acquired_in_bulk_when_it_was_gathered_about_nobody_in_particular(string acquisition, bool bulk)
    {
        var content = new ContentFacts(
            ["foreign"], ["other"], [acquisition], ["individual"], ["identifiers"], [ShippedAgreement.Issuer], 200_000, 100, 0);
        Assert.Equal(bulk, Verdict(Call, new(content, ExposureCounts.None)) is Verdict.Refuse);
    }

    [Fact]
    public void A_claimed_high_stakes_purpose_waits_for_two_reviewers()
    {
        var decision = ShippedAgreement.WithIssuer.Decide(Call, Chat with { Claimed = new Claimed(Purpose: "employment") });

        var hold = Assert.IsType<Verdict.Hold>(decision.Verdict);
        Assert.Equal("reviewer#1, reviewer#2", hold.Needs.ToString());
        Assert.Equal([new ClauseId("high-stakes-decisions")], hold.By);
    }

    [Fact]
    public void Their_seats_filled_it_is_permitted()
    {
        var filled = Seats.Of(new Seat("reviewer", 1), new Seat("reviewer", 2));
        Assert.IsType<Verdict.Permit>(Verdict(Call, Chat with { Claimed = new Claimed(Purpose: "employment"), FilledSeats = filled }));
    }

    [Fact]
    public void Saying_that_no_human_judges_it_is_worse() =>
        AssertRefused(Call, Chat with { Claimed = new Claimed(Purpose: "employment", Human: false) }, "high-stakes-decisions");

    [Theory]
    [InlineData("surveillance", "mass-domestic-surveillance")]
    [InlineData("offensiveCyber", "offensive-cyber")]
    [InlineData("tracking", "location-tracking")]
    [InlineData("bulkAnalysis", "bulk-acquired-data")]
    public void A_claimed_bad_purpose_is_believed(string purpose, string clause) =>
        AssertRefused(Call, Chat with { Claimed = new Claimed(Purpose: purpose) }, clause);

    [Fact]
    public void Choosing_a_target_waits_for_a_commander()
    {
        var hold = Assert.IsType<Verdict.Hold>(Verdict(Call, Chat with { Claimed = new Claimed(Purpose: "targeting") }));
        Assert.Equal("commander#1, reviewer#1", hold.Needs.ToString());
    }

    [Theory]
    [InlineData("offensive-cyber", "offensive-cyber")]
    [InlineData("pattern-of-life", "location-tracking")]
    public void A_phrase_of_the_agreement_is_refused(string phrase, string clause) =>
        AssertRefused(Call, Chat with { Signals = new Signals(Phrases: [phrase]) }, clause);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void An_answer_about_a_hundred_people_is_one_too_many_when_nothing_is_attested(int persons, bool permitted) =>
        Assert.Equal(permitted, Verdict(Call, Chat with { Signals = new Signals(Persons: persons) }) is Verdict.Permit);

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void A_tool_call_may_be_about_five_people_when_nothing_is_attested(int persons, bool permitted) =>
        Assert.Equal(permitted, Verdict(Tool("search_library"), Chat with { Signals = new Signals(Persons: persons) }) is Verdict.Permit);

    [Fact]
    public void A_registered_tool_that_only_informs_is_permitted() => Assert.IsType<Verdict.Permit>(Verdict(Tool("search_library"), Chat));

    [Fact]
    public void An_unlisted_tool_is_kinetic_and_refused()
    {
        var tool = Tool("search_library", digest: new string('0', 64));
        Assert.Equal(EffectClass.Kinetic, tool.Effect);
        AssertRefused(tool, Chat, "edge-deployment");
    }

    [Fact]
    public void A_tool_with_consequences_needs_a_proved_environment_and_then_a_reviewer()
    {
        var tool = Tool("open_case");
        AssertRefused(tool, Chat, "edge-deployment");

        var hold = Assert.IsType<Verdict.Hold>(Verdict(tool, Chat with { Environment = "onPremises" }));
        Assert.Equal("reviewer#1", hold.Needs.ToString());
    }

    [Fact]
    public void Force_from_a_proved_environment_waits_for_a_commander_and_never_starts_at_the_edge()
    {
        var force = new Subject.Act("field-edge", "operator-1", "release", EffectClass.Kinetic);

        var hold = Assert.IsType<Verdict.Hold>(Verdict(force, Chat with { Environment = "cloud" }));
        Assert.Equal("commander#1, reviewer#1", hold.Needs.ToString());
        AssertRefused(force, Chat with { Environment = "edge" }, "edge-deployment");
    }

    [Fact]
    public void A_provider_or_deployment_that_the_agreement_does_not_list_is_refused()
    {
        Assert.Equal(Cause.NotInAgreement, Refusal(new Subject.Invoke("analysts-cloud", "analyst-7", "echo", "stranger"), Chat).Cause);
        Assert.Equal(Cause.NotInAgreement, Refusal(new Subject.Invoke("somewhere", "analyst-7", "echo", "echo"), Chat).Cause);
        Assert.Equal(Cause.NotPermitted, Refusal(new Subject.Invoke("field-edge", "analyst-7", "gpt-5", "openai"), Chat).Cause);
    }

    private static ContentFacts Bought(long unattestedPersons) => new(
        ["domestic"], ["us"], ["commercial"], ["unknown"], ["identifiers", "geolocation"],
        [ShippedAgreement.Issuer], 250_000, 300, unattestedPersons);

    private static Subject.Act Tool(string name, string? digest = null)
    {
        var agreement = ShippedAgreement.WithIssuer;
        digest ??= agreement.Tools.First(tool => tool.Deployment == "analysts-cloud" && tool.Name == name).DefinitionDigest;
        return new Subject.Act("analysts-cloud", "analyst-7", name, agreement.EffectClassOf("analysts-cloud", name, digest));
    }

    private static Verdict Verdict(Subject subject, Situation situation) => ShippedAgreement.WithIssuer.Decide(subject, situation).Verdict;

    private static Verdict.Refuse Refusal(Subject subject, Situation situation) =>
        Assert.IsType<Verdict.Refuse>(Verdict(subject, situation));

    private static void AssertRefused(Subject subject, Situation situation, string clause)
    {
        var decision = ShippedAgreement.WithIssuer.Decide(subject, situation);

        var refusal = Assert.IsType<Verdict.Refuse>(decision.Verdict);
        Assert.Equal(Cause.Forbidden, refusal.Cause);
        Assert.Contains(new ClauseId(clause), refusal.By);
        Assert.Equal(refusal.By, decision.Reasons.Select(reason => reason.Id));
        Assert.Equal(CedarDecision.Deny, decision.Cedar);
    }
}
