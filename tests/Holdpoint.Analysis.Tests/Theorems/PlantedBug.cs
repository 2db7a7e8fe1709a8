using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Analysis.Tests.Theorems;

/// <summary>A mistake in a clause, or in what loading makes of it, and the theorem that is to find it.</summary>
internal sealed record PlantedBug(string Name, Theorem Theorem, string Clause, Func<ImmutableArray<AnalysedClause>> Clauses)
{
    private const string Bulk = "clauses/bulk-acquired-data";
    private const string Stakes = "clauses/high-stakes-decisions";
    private const string Mass = "clauses/mass-domestic-surveillance";
    private const string Weapons = "clauses/autonomous-weapons";
    private const string Volume = "clauses/unattested-volume";
    private const string Use = "clauses/permitted-use";
    private const string Location = "clauses/location-tracking";
    private const string Cyber = "clauses/offensive-cyber";
    private const string Claims = "clauses/claims-count-against";

    private const string SaysHuman = "(context.claimed has human && context.claimed.human)";

    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        // A red line with a gap before it: the clauses leave open what it forbids.
        Text(
            "a number above that of the red line", Theorem.T1, "no-mass-domestic-surveillance",
            Bulk, "context.content.subjects > 100000)", "context.content.subjects > 1000000)"),
        Text(
            "unknown is not the worst", Theorem.T1, "no-mass-domestic-surveillance", Bulk,
            "      Holdpoint::Acquisition::\"bulkCollection\",\n      Holdpoint::Acquisition::\"unknown\"\n",
            "      Holdpoint::Acquisition::\"bulkCollection\"\n"),
        Text(
            "one more basis opens", Theorem.T1, "no-mass-domestic-surveillance", Bulk, "[Holdpoint::LegalBasis::\"warrant\",",
            "[Holdpoint::LegalBasis::\"emergency\", Holdpoint::LegalBasis::\"warrant\","),
        Text(
            "too many people that nobody vouches for", Theorem.T1, "no-mass-domestic-surveillance", Mass,
            "context.content.unattestedPersons > 5", "context.content.unattestedPersons > 5000"),
        Text(
            "the wrong seat", Theorem.T1, "no-weapon-without-human-judgement",
            Weapons, "@hold(\"commander:1, reviewer:1\")", "@hold(\"reviewer:1\")"),
        Text("an area left out", Theorem.T1, "no-decision-by-machine-alone", Stakes, "    Holdpoint::Purpose::\"migration\",\n", ""),
        Text(
            "a seat of another kind", Theorem.T1, "no-decision-by-machine-alone",
            Stakes, "@hold(\"reviewer:2\")", "@hold(\"commander:1\")"),
        Text(
            "an authority that need not cover the data", Theorem.T1,
            "no-mass-domestic-surveillance", Bulk, "  context.authority.coversContent &&\n", ""),

        // A claim that loosens.
        Text("whoever says so may", Theorem.T2, "bulk-acquired-data", Bulk, "unless\n{\n", "unless\n{\n  " + SaysHuman + " ||\n"),
        Text(
            "a permit that believes the caller", Theorem.T2, "permitted-use", Use,
            "  resource is Holdpoint::Tool\n);", "  resource is Holdpoint::Tool\n)\nwhen { " + SaysHuman + " };"),
        Text(
            "an exception for those who say they defend", Theorem.T2, "offensive-cyber", Cyber, "\n};",
            "\n}\nunless { context.claimed has purpose && context.claimed.purpose == Holdpoint::Purpose::\"defensiveCyber\" };"),
        Text(
            "a suspension that any claim ends", Theorem.T2, "suspension", "clauses/suspension",
            "context.suspended", "context.suspended && !(context.claimed has human)"),
        Text(
            "foreign data by hearsay", Theorem.T2, "unattested-volume", Volume, "> 262144",
            "> 262144 && !(context.claimed has origin && context.claimed.origin == Holdpoint::Origin::\"foreign\")"),
        Text(
            "an authority that is only claimed", Theorem.T2, "location-tracking", Location, "unless\n{\n",
            "unless\n{\n  (context.claimed has authority && context.claimed.authority == Holdpoint::LegalBasis::\"warrant\") ||\n"),
        Text(
            "the last claim wins", Theorem.T2, "mass-domestic-surveillance", Mass, "when { context.content.unattestedPersons > 5 };",
            "when { context.content.unattestedPersons > 5 && !(context.claimed has consent && "
            + "context.claimed.consent == Holdpoint::Consent::\"individual\") };"),
        Text(
            "a set of claimed classes that excuses", Theorem.T2, "unattested-volume", Volume, "> 262144",
            "> 262144 && !(context.claimed has classes && context.claimed.classes.contains(Holdpoint::DataClass::\"nonPersonal\"))"),

        // A signal, a count or exposure that opens.
        Text(
            "a person makes bytes welcome", Theorem.T3, "unattested-volume", Volume,
            "> 262144", "> 262144 && context.content.unattestedPersons == 0"),
        Text(
            "very many persons are not many", Theorem.T3, "mass-domestic-surveillance", Mass,
            "context.signals.persons > 100 &&", "context.signals.persons > 100 && context.signals.persons < 100000 &&"),
        Text(
            "a count compared with equality", Theorem.T3, "location-tracking", Location,
            "context.signals.locations > 10 ", "context.signals.locations == 11 "),
        Text(
            "exposure compared with equality", Theorem.T3, "mass-domestic-surveillance",
            Mass, "context.exposure.persons > 1000 ", "context.exposure.persons == 1001 "),
        Text(
            "a count compared the wrong way", Theorem.T3, "location-tracking", Location,
            "context.exposure.locations > 10 ", "context.exposure.locations < 10 "),
        Text(
            "one phrase excuses another", Theorem.T3, "offensive-cyber", Cyber, "context.signals.phrases.contains(\"offensive-cyber\")",
            "context.signals.phrases.contains(\"offensive-cyber\") && !context.signals.phrases.contains(\"weapons-release\")"),
        Text(
            "only what was seen before is permitted", Theorem.T3, "permitted-use", Use,
            "when {\n  resource in", "when {\n  context.exposure.records > 0 && resource in"),
        Text(
            "no detector, no refusal undone", Theorem.T3, "suspension", "clauses/suspension",
            "context.suspended", "context.suspended && !(context.signals has records)"),
        Text(
            "bulk that is too large to be bulk", Theorem.T3, "bulk-acquired-data", Bulk, "   context.content.subjects > 100000)",
            "   (context.content.subjects > 100000 && context.content.subjects < 200000))"),

        // A clause that errs.
        Text("a signal read without has", Theorem.T4, "location-tracking", Location, "  context.signals has locations &&\n", ""),
        Text("a claim read without has", Theorem.T4, "autonomous-weapons", Weapons, "  context.claimed has human &&\n", ""),
        Text("an authority read without has", Theorem.T4, "claims-count-against", Claims, "  context has authority &&\n", ""),
        Text(
            "a product that does not fit", Theorem.T4, "mass-domestic-surveillance", Mass,
            "context.exposure.persons > 1000 ", "context.exposure.persons * 9000000 > 1000 "),
        Text(
            "a product of two counts", Theorem.T4, "unattested-volume", Volume,
            "context.content.unattestedBytes >", "context.content.unattestedBytes * context.exposure.records >"),
        Text(
            "a difference below everything", Theorem.T4, "unattested-volume", Volume,
            "context.content.unattestedBytes > 262144", "-9223372036854775807 - context.content.unattestedBytes < 0"),

        // A loader that does something else than it says.
        Loaded("a hold that nothing lifts", "high-stakes-decisions", 0, p => p.Written),
        Loaded("a hold that half of its seats lift", "high-stakes-decisions", 0, p => Lifted(p, "reviewer:1")),
        Loaded("a hold that needs more than it says", "consequential-effects", 0, p => Lifted(p, "reviewer:2")),
        Loaded("any seat will do", "high-stakes-decisions", 1, p => Seated(p, Function.ContainsAny, ConditionKind.Unless)),
        Loaded("filled seats forbid", "consequential-effects", 0, p => Seated(p, Function.ContainsAll, ConditionKind.When)),
        Loaded("a condition got lost", "suspension", 0, p => p.Written with { Conditions = [] }),
        Loaded("seats lift what has no hold", "unattested-volume", 0, p => Lifted(p, "reviewer:1")),
        Loaded("a permit for everyone", "permitted-use", 2, p => p.Written with { Principal = new ScopeConstraint.Any() }),
        Loaded("a forbid that became a permit", "offensive-cyber", 0, p => p.Written with { Effect = Effect.Permit }),

        // A clause that does nothing.
        Text(
            "the same again", Theorem.T6, "twice", "clauses/twice", "forbid (principal, action, resource) when { context.suspended };",
            "forbid (principal, action, resource) when { context.suspended };"),
        Text("more than there can be", Theorem.T6, "unattested-volume", Volume, "> 262144", "> 1099511627776"),
        Text(
            "subjects of nothing", Theorem.T6, "unattested-volume", Volume, "context.content.unattestedBytes > 262144",
            "context.content.subjects > 0 && context.content.issuers.isEmpty()"),
        Text(
            "two values at once", Theorem.T6, "claims-count-against", Claims, "context.claimed.consent == Holdpoint::Consent::\"none\" &&",
            "context.claimed.consent == Holdpoint::Consent::\"none\" && context.claimed.consent == Holdpoint::Consent::\"terms\" &&"),
        Text(
            "a phrase in no phrases", Theorem.T6, "suspension", "clauses/suspension", "context.suspended",
            "context.suspended && "
            + "context.signals has phrases && context.signals.phrases.isEmpty() && context.signals.phrases.contains(\"offensive-cyber\")"),
        Text(
            "no seat of a hold that another has not", Theorem.T6, "less", "clauses/less", "",
            "@hold(\"reviewer:1\")\n"
            + "forbid (principal, action == Holdpoint::Action::\"act\", resource) when { resource.effect "
            + "== Holdpoint::EffectClass::\"kinetic\" };"),
    ];

    private static PlantedBug Text(string name, Theorem theorem, string clause, string file, string old, string replacement) =>
        new(name, theorem, clause, () => new DraftClauses().Edit(file, old, replacement).Read());

    private static PlantedBug Loaded(string name, string clause, int policy, Func<AnalysedPolicy, Policy.Policy> load) =>
        new(name, Theorem.T5, clause, () =>
        [
            .. DraftClauses.Shipped.Select(c => c.Id.Value != clause
                ? c
                : c with { Policies = c.Policies.SetItem(policy, new(c.Policies[policy].Written, load(c.Policies[policy]))) }),
        ]);

    private static Policy.Policy Lifted(AnalysedPolicy policy, string hold) =>
        Seats.TryParseHold(hold, out var seats) ? HoldRule.Lift(policy.Written, seats) : throw new ArgumentException(hold);

    private static Policy.Policy Seated(AnalysedPolicy policy, Function function, ConditionKind kind)
    {
        var lift = policy.Loaded.Conditions[^1];
        return policy.Written.WithCondition(new(kind, ((CallExpr)lift.Body) with { Function = function }));
    }

    public override string ToString() => $"{Theorem}: {Name}";
}
