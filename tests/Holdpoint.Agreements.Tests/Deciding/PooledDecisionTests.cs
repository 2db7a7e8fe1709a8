using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Agreements.Tests.Shipped;
using Holdpoint.Policy;
using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests.Deciding;

/// <summary>Decisions reuse the memory of earlier ones, and are what they would be without.</summary>
public sealed class PooledDecisionTests
{
    // Conditions that compute sets and records with the counts of a situation in them, and one that errs on the largest count.
    private static readonly Lazy<Agreement> Computing = new(() =>
    {
        using var draft = new DraftAgreement
        {
            ["agreement.yaml"] = DraftAgreement.Facts(issuers: "[{ name: data-office, party: bank, "
                + "key: \"O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik=\", predicates: [dataset-provenance/v1], until: 2030-06-30 }]"),
            ["clauses/use.cedar"] = DraftAgreement.Permit.Replace(
                ";", " unless { context.environment == Holdpoint::Environment::\"edge\" };", StringComparison.Ordinal),
            ["clauses/a.cedar"] = DraftAgreement.Forbid(
                "when { [context.content.subjects, context.content.unattestedBytes].containsAll([context.exposure.persons, 1000]) }"),
            ["clauses/b.cedar"] = DraftAgreement.Forbid("when { {n: context.content.subjects} == {n: context.exposure.records + 1} }"),
            ["clauses/c.cedar"] = DraftAgreement.Forbid("when { context.content.unattestedBytes * 9000000 > 900000000000 }"),
            ["clauses/d.cedar"] = DraftAgreement.Forbid(
                "when { context.signals has phrases && context.signals.phrases.contains(\"secret\") }", "@hold(\"reviewer:2\")"),
            ["clauses/e.cedar"] = DraftAgreement.Forbid(
                "when { context.claimed has human && !context.claimed.human }", "@hold(\"provider:1\")"),
        };
        return draft.LoadSound();
    });

    private static readonly Arbitrary<(Subject Subject, Situation Situation)> Requests = (
        from subject in Gen.Frequency(
            (3, Shipped.Situations.AnySubject),
            (2, Gen.Elements<Subject>(
                new Subject.Invoke("desk", "p", "echo", "echo"), new Subject.Invoke("desk", "q", "m-1", "echo"),
                new Subject.Invoke("attic", "p", "echo", "echo"), new Subject.Act("desk", "p", "tool", new("inform")),
                new Subject.Invoke("desk", "p", "none", "echo"), new Subject.Invoke("nowhere", "p", "echo", "echo"))))
        from situation in Shipped.Situations.AnySituation
        from seats in Gen.Frequency(
            (4, Gen.Constant(Seats.None)),
            (1, Gen.SubListOf(new Seat("reviewer", 1), new("reviewer", 2), new("provider", 1)).Select(list => Seats.Of(list))),
            (1, Gen.Elements(Seats.Of(new Seat("nobody", 1)), Seats.Of(new Seat("reviewer", 1), new("reviewer", 9)))))
        from odd in Gen.Choose(0, 12)
        select (subject, Odd(situation with { FilledSeats = seats }, odd))).ToArbitrary();

    [Fact]
    public void A_decision_is_what_it_would_be_if_nothing_were_kept()
    {
        foreach (var agreement in (Agreement[])[ShippedAgreement.WithIssuer, Computing.Value])
        {
            var plain = new PlainDecisions(agreement);
            Prop.ForAll(Requests, request =>
                    PlainDecisions.Write(agreement.Decide(request.Subject, request.Situation))
                        == plain.Decide(request.Subject, request.Situation))
                .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
        }
    }

    [Fact]
    public void Many_threads_decide_as_one_does()
    {
        var agreement = Computing.Value;
        var plain = new PlainDecisions(agreement);
        (Subject Subject, Situation Situation, string Expected)[] asked =
            [.. Requests.Generator.Sample(400, 50).Select(r => (r.Subject, r.Situation, plain.Decide(r.Subject, r.Situation)))];
        Assert.InRange(asked.Select(a => a.Expected).Distinct().Count(), 8, int.MaxValue);

        // Mostly deciding: where nothing errs a decision is a kept object, so that no time goes into comparing.
        var kept = Array.ConvertAll(asked, a => agreement.Decide(a.Subject, a.Situation));
        var wrong = 0;
        Parallel.For(0, 8, thread =>
        {
            for (var i = thread; i < 60_000; i++)
            {
                var (subject, situation, expected) = asked[i * 31 % asked.Length];
                var decision = agreement.Decide(subject, situation);
                if (!ReferenceEquals(decision, kept[i * 31 % asked.Length]) && PlainDecisions.Write(decision) != expected)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_decision_allocates_nothing_whatever_the_situation()
    {
        var agreement = ShippedAgreement.WithIssuer;
        (Subject, Situation)[] asked = [.. Enumerable.Range(0, 500).Select(i => (SubjectOf(i), SituationOf(i)))];
        var verdicts = asked.Select(a => PlainDecisions.Write(agreement.Decide(a.Item1, a.Item2))).Distinct().Count();
        Assert.InRange(verdicts, 5, 100);

        var next = 0;
        Assert.Equal(0, Allocations.Of(
            () =>
            {
                var (subject, situation) = asked[next++ % asked.Length];
                agreement.Decide(subject, situation);
            },
            times: asked.Length));
    }

    [Fact]
    public void A_decision_inside_a_decision_has_memory_of_its_own()
    {
        var agreement = Computing.Value;
        DecisionScratch.Take().GiveBack();
        var outer = DecisionScratch.Take();
        outer.Context.Exposure.Add("persons", 5);

        agreement.Decide(SubjectOf(1), SituationOf(1));
        var inner = DecisionScratch.Take();

        Assert.NotSame(outer, inner);
        Assert.Equal("{\"persons\": 5}", outer.Context.Exposure.ToRecord().ToString());
        outer.GiveBack();
        Assert.Same(outer, DecisionScratch.Take());
        Assert.Equal("{}", outer.Context.Exposure.ToRecord().ToString());
    }

    [Fact]
    public void Policies_are_one_pattern_only_when_all_of_them_are_the_same_objects()
    {
        Policy.Policy[] policies = [.. Enumerable.Range(0, 3).SelectMany(_ => ShippedAgreement.WithIssuer.Loaded[0].Policies.Take(1))
            .Select(loaded => loaded.Policy with { Span = default })];
        var pattern = new DecisionsByPattern.Pattern();
        Policy.Policy[][] all = [[], .. from a in policies from b in policies select (Policy.Policy[])[a, b], [policies[0]], policies];

        foreach (var (asked, kept) in from asked in all from kept in all select (asked, kept))
        {
            var isSame = asked.SequenceEqual(kept, ReferenceEqualityComparer.Instance);
            PolicyOutcome[] outcomes = Array.ConvertAll(asked, policy => new PolicyOutcome(policy, null));

            Assert.Equal(isSame, pattern.Equals(outcomes, kept));
            Assert.Equal(isSame, pattern.Equals(asked, kept));
            Assert.Equal(pattern.GetHashCode(asked), pattern.GetHashCode((ReadOnlySpan<PolicyOutcome>)outcomes));
        }
    }

    [Fact]
    public void What_is_past_the_bound_is_made_anew_and_comes_out_the_same()
    {
        var kept = new Kept<string, string>(most: 2);
        foreach (var key in (string[])["a", "b", "c", "a"])
        {
            Assert.Equal(key + "!", kept.Keep(key, key + "!"));
        }

        Assert.Equal(2, kept.All.Count);
        Assert.True(kept.TryGet("a", out _));
        Assert.False(kept.TryGet("c", out _));

        var list = new WordList(
            Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"w{i}", (Policy.Value)Policy.Value.Of(i))), Policy.Value.Of);
        Assert.Same(list.SetOf(["w1", "w127"]), list.SetOf(["w127", "w1"]));
        Assert.NotEqual<Policy.Value>(list.SetOf(["w0"]), list.SetOf(["w128"]));
        Assert.Equal<Policy.Value>(Policy.Value.Set(Policy.Value.Of(1), Policy.Value.Of(128)), list.SetOf(["w128", "w1"]));
        Assert.Equal<Policy.Value>(Policy.Value.Set(Policy.Value.Of(1), Policy.Value.Of("x")), list.SetOf(["x", "w1"]));
    }

    [Fact]
    public void A_set_that_compares_in_its_own_way_is_read_word_by_word()
    {
        using var draft = new DraftAgreement
        {
            ["clauses/x.cedar"] = DraftAgreement.Forbid(
                "when { context.signals has phrases && context.signals.phrases.contains(\"secret\") }"),
        };
        var agreement = draft.LoadSound();
        var loud = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "SECRET");

        foreach (var (phrases, isRefused) in ((ImmutableHashSet<string>, bool)[])[(["secret"], true), (loud, false), (["secret"], true)])
        {
            var decision = agreement.Decide(
                new Subject.Invoke("desk", "p", "echo", "echo"), SituationOf(1) with { Signals = new(Phrases: phrases) });
            Assert.Equal(isRefused, decision.Verdict is Verdict.Refuse);
        }
    }

    private static Subject SubjectOf(int i) => i % 7 == 0
        ? new Subject.Act("analysts-cloud", "analyst-7", "tool", new EffectClass(i % 2 == 0 ? "inform" : "kinetic"))
        : new Subject.Invoke("analysts-cloud", $"analyst-{i % 5}", "gpt-5", "openai");

    private static Situation SituationOf(int i) => new(
        i % 3 == 0
            ? new(
                [i % 2 == 0 ? "foreign" : "domestic"], ["eu", "us"], [i % 5 == 0 ? "commercial" : "operational"], ["terms"],
                ["identifiers", "financial"], [ShippedAgreement.Issuer], 100 * i, 30 * i, i % 11)
            : ContentFacts.Unattested(37 * i, i % 11),
        new(i * 3, i, i % 9))
    {
        Environment = i % 4 == 0 ? "cloud" : "unattested",
        Suspended = i % 97 == 0,
        Purpose = i % 13 == 0 ? "medical" : null,
        Authority = i % 6 == 0 ? new("courtOrder", i % 12 == 0) : null,
        FilledSeats = i % 17 == 0 ? Seats.Of(new Seat("reviewer", 1), new("reviewer", 2)) : Seats.None,
        Claimed = i % 4 == 1 ? new("research", "domestic", Classes: ["health"], Human: i % 8 == 1) : Claimed.None,
        Signals = new(i * 2, i, i % 40, i % 10 == 0 ? ["offensive-cyber"] : []),
    };

    /// <summary>Words of strangers, and what only a bug can name.</summary>
    private static Situation Odd(Situation situation, int odd) => odd switch
    {
        0 => situation with { Content = new(
            ["mars"], ["us", "eu"], ["public"], ["none"], ["health", "x"], [ShippedAgreement.Issuer], 1, 2, 3) },
        1 => situation with { Content = new(["foreign"], ["us"], ["public"], ["none"], ["health"], ["nobody"], 1, 0, 0) },
        2 => situation with { Claimed = new(Purpose: "nothing known") },
        3 => situation with { Claimed = new(Classes: ["health", "nothing known"]) },
        4 => situation with { Environment = "moon", Purpose = "y", Authority = new("z", true) },
        5 => situation with { Signals = new(Persons: 256, Phrases: ["secret", "no phrase"]) },
        6 => situation with { Signals = new(Records: 255, Phrases: ["secret"]), Claimed = new(Human: false) },
        _ => situation,
    };
}
