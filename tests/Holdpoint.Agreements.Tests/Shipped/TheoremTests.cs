using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests.Shipped;

/// <summary>The theorems of an agreement, tried on many situations. The solvers prove them; this notices a broken clause sooner.</summary>
public sealed class TheoremTests
{
    private static readonly int Tries = TestScale.Of(3_000, 300_000);

    private static readonly Arbitrary<(Subject Subject, Situation Situation)> Requests =
        Situations.AnySubject.SelectMany(subject => Situations.AnySituation.Select(situation => (subject, situation))).ToArbitrary();

    // One sample for all clauses; the rarest clause to matter is found among the first few thousand.
    private static readonly Lazy<(Subject Subject, Situation Situation)[]> Sample = new(() => [.. Requests.Generator.Sample(20_000, 50)]);

    private static readonly Config ManyTimes = Config.QuickThrowOnFailure.WithMaxTest(Tries);

    [Fact]
    public void The_clauses_alone_never_permit_what_lies_in_a_red_line()
    {
        var clauses = ShippedAgreement.LoadPart(path => path.StartsWith("clauses/", StringComparison.Ordinal));
        var redLines = ShippedAgreement.LoadPart(
            path => path.StartsWith("red-lines/", StringComparison.Ordinal), ("clauses/all.cedar", DraftAgreement.Permit));

        Prop.ForAll(Requests, request => NeedOf(clauses, request).Covers(NeedOf(redLines, request))).Check(ManyTimes);
    }

    [Fact]
    public void Claims_cannot_loosen() =>
        Prop.ForAll(Requests, Situations.AnyClaims.ToArbitrary(), (request, claims) =>
            NeedOf(ShippedAgreement.WithIssuer, (request.Subject, request.Situation with { Claimed = claims }))
                .Covers(NeedOf(ShippedAgreement.WithIssuer, (request.Subject, request.Situation with { Claimed = Claimed.None }))))
            .Check(ManyTimes);

    [Fact]
    public void Raising_a_signal_a_count_or_exposure_cannot_loosen() =>
        Prop.ForAll(
            Requests.Generator.SelectMany(low => Situations.Raised(low.Situation).Select(high => (low, high))).ToArbitrary(),
            pair =>
                NeedOf(ShippedAgreement.WithIssuer, (pair.low.Subject, pair.high)).Covers(NeedOf(ShippedAgreement.WithIssuer, pair.low)))
            .Check(ManyTimes);

    [Fact]
    public void No_clause_errs() =>
        Prop.ForAll(Requests, request => ShippedAgreement.WithIssuer.Decide(request.Subject, request.Situation).Errors.IsEmpty)
            .Check(ManyTimes);

    [Fact]
    public void A_hold_is_lifted_by_exactly_what_it_names() =>
        Prop.ForAll(Requests, request =>
        {
            if (ShippedAgreement.WithIssuer.Decide(request.Subject, request.Situation).Verdict is not Verdict.Hold hold)
            {
                return true;
            }

            var filled = request.Situation with { FilledSeats = hold.Needs };
            return NeedOf(ShippedAgreement.WithIssuer, (request.Subject, filled)).Seats is { Count: 0 }
                && hold.Needs.All(missing => NeedOf(
                    ShippedAgreement.WithIssuer,
                    (request.Subject, request.Situation with { FilledSeats = hold.Needs.Except(Seats.Of(missing)) }))
                    .Seats is { Count: > 0 });
        }).Check(ManyTimes);

    public static TheoryData<string> ClauseFiles() =>
        [.. ShippedAgreement.Policies.Keys.Where(
            path => path.StartsWith("clauses/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(ClauseFiles))]
    public void Without_a_clause_something_changes(string path)
    {
        var clauses = ShippedAgreement.LoadPart(file => file.StartsWith("clauses/", StringComparison.Ordinal));
        var without = ShippedAgreement.LoadPart(
            file => file.StartsWith("clauses/", StringComparison.Ordinal) && file != path);

        Assert.Contains(Sample.Value, request => NeedOf(clauses, request) != NeedOf(without, request));
    }

    public static TheoryData<string, int> PoliciesInFiles() =>
        [.. ShippedAgreement.Policies.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file =>
            Enumerable.Range(0, PolicyParser.Parse(file.Value).Policies.Length).Select(index => (file.Key, index)))];

    [Theory, MemberData(nameof(PoliciesInFiles))]
    public void Every_policy_matches_something(string path, int index)
    {
        var policy = PolicyParser.Parse(ShippedAgreement.Policies[path]).Policies[index];
        var words = policy.Annotations.ContainsKey("title") ? "" : "@title(\"One\") @text(\"One policy alone.\") @basis(\"terms\") ";
        var alone = ShippedAgreement.LoadPart(
            _ => false,
            policy.Effect == Effect.Permit
                ? [("clauses/one.cedar", words + policy)]
                : [("clauses/all.cedar", DraftAgreement.Permit), ("clauses/one.cedar", words + policy)]);

        Assert.Contains(
            Sample.Value, request => NeedOf(alone, request).Seats is { Count: 0 } == (policy.Effect == Effect.Permit));
    }

    private static Need NeedOf(Agreement agreement, (Subject Subject, Situation Situation) request) =>
        Need.Of(agreement.Decide(request.Subject, request.Situation).Verdict);
}
