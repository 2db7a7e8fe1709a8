using Holdpoint.Policy;

namespace Holdpoint.Agreements.Tests.Deciding;

/// <summary>
/// What an agreement decides, worked out the plain way: everything is made for the one decision, out of immutable values, and nothing is
/// kept. Written without the code that it is compared with, but for the policies and the vocabulary.
/// </summary>
internal sealed class PlainDecisions(Agreement agreement)
{
    private readonly Authorizer _authorizer =
        PolicySet.Create(agreement.Loaded.SelectMany(clause => clause.Policies).Select(policy => policy.Policy)).Compile();

    /// <summary>The decision, as text that has all of it.</summary>
    public string Decide(Subject subject, Situation situation)
    {
        var deployment = agreement.Deployments.SingleOrDefault(d => d.Name == subject.Deployment);
        if (deployment is null || (subject is Subject.Invoke i && !agreement.Providers.Any(p => p.Name == i.Provider && p.Runs(i.Model))))
        {
            return Write("refuse", "not_in_agreement");
        }

        if (!IsListed(situation))
        {
            return Write("refuse", "situation_invalid");
        }

        var request = new Request(
            Uid("Principal", subject.Principal),
            Uid("Action", subject is Subject.Invoke ? "invoke" : "act"),
            subject is Subject.Invoke invoke ? Uid("Model", invoke.Model) : Uid("Tool", ((Subject.Act)subject).Tool),
            Context(situation, deployment.Suspended));
        return Judge(_authorizer.Evaluate(request, Entities(subject)));
    }

    public static string Write(Decision decision) => decision.Verdict switch
    {
        Verdict.Permit permit => Write("permit", "", permit.By, decision),
        Verdict.Hold hold => Write("hold", hold.Needs.ToString(), hold.By, decision),
        var refusal => Write("refuse", ((Verdict.Refuse)refusal).Cause.Code, ((Verdict.Refuse)refusal).By, decision),
    };

    private static string Write(string verdict, string why, IEnumerable<ClauseId> by, Decision decision)
    {
        Assert.Equal(by, decision.Reasons.Select(clause => clause.Id));
        Assert.Equal(by.Select(id => id.Value), decision.ReasonIds);
        return Write(
            verdict, why, by.Select(id => id.Value), decision.Cedar == CedarDecision.Allow,
            decision.Errors.Select(error => $"{error.Clause}: {error.Message}"));
    }

    private static string Write(
        string verdict, string why, IEnumerable<string>? by = null, bool cedar = false, IEnumerable<string>? errors = null) =>
        $"{verdict} ({why}) by [{string.Join(", ", by ?? [])}], Cedar {cedar}, errors [{string.Join(", ", errors ?? [])}]";

    private string Judge(PolicyOutcomes outcomes)
    {
        var found = outcomes.All.ToArray().Select(outcome =>
        {
            var clause = agreement.Loaded.Single(c => c.Policies.Any(p => p.Policy.Id == outcome.Policy.Id));
            var hold = clause.Policies.Single(p => p.Policy.Id == outcome.Policy.Id).Hold;
            return (Id: clause.Clause.Id.Value, outcome.Policy.Effect, Hold: hold, Error: outcome.Error?.Message);
        }).ToArray();
        var forbids = found.Where(f => f.Effect == Effect.Forbid).ToArray();
        var errors = found.Where(f => f.Error is not null).Select(f => $"{f.Id}: {f.Error}").ToArray();
        var cedar = outcomes.Decision == Policy.Decision.Allow;
        string Say(string verdict, string why, IEnumerable<string> by) => Write(verdict, why, by.Distinct(), cedar, errors);

        if (forbids.Any(f => f.Error is null && f.Hold is null))
        {
            return Say("refuse", "forbidden", forbids.Where(f => f.Error is null && f.Hold is null).Select(f => f.Id));
        }

        if (forbids.Any(f => f.Error is not null))
        {
            return Say("refuse", "clause_error", forbids.Where(f => f.Error is not null).Select(f => f.Id));
        }

        var permits = found.Where(f => f.Effect == Effect.Permit && f.Error is null).Select(f => f.Id).ToArray();
        return permits is [] ? Say("refuse", "not_permitted", [])
            : forbids is [] ? Say("permit", "", permits)
            : Say("hold", Seats.Of(forbids.SelectMany(f => f.Hold!)).ToString(), forbids.Select(f => f.Id));
    }

    private bool IsListed(Situation situation)
    {
        var said = situation.Claimed;
        (string List, string? Word)[] claims =
        [
            ("Purpose", said.Purpose), ("Origin", said.Origin), ("Jurisdiction", said.Jurisdiction), ("Acquisition", said.Acquisition),
            ("Consent", said.Consent), ("Environment", said.Environment), ("LegalBasis", said.Authority),
            .. (said.Classes ?? []).Select(word => ("DataClass", (string?)word)),
            .. situation.FilledSeats.Select(seat => ("Seat", (string?)seat.ToString())),
        ];
        return claims.All(claim => claim.Word is null || agreement.Vocabulary.HasValue(claim.List, claim.Word))
            && situation.Content.Issuers.All(name => agreement.Issuers.All.Any(issuer => issuer.Name == name));
    }

    private RecordValue Context(Situation situation, bool suspended)
    {
        var (content, said, seen) = (situation.Content, situation.Claimed, situation.Signals);
        return Record(
            ("environment", One("Environment", situation.Environment)),
            ("suspended", Value.Of(suspended || situation.Suspended)),
            ("purpose", One("Purpose", situation.Purpose)),
            ("authority", situation.Authority is not { } authority ? null : Record(
                ("basis", One("LegalBasis", authority.Basis)), ("coversContent", Value.Of(authority.CoversContent)))),
            ("content", Record(
                ("origins", Set("Origin", content.Origins)), ("jurisdictions", Set("Jurisdiction", content.Jurisdictions)),
                ("acquisitions", Set("Acquisition", content.Acquisitions)), ("consents", Set("Consent", content.Consents)),
                ("classes", Set("DataClass", content.Classes)),
                ("issuers", Value.Set(content.Issuers.Select(name => Value.Of(Uid("Issuer", name))))),
                ("subjects", Value.Of(content.Subjects)), ("unattestedBytes", Value.Of(content.UnattestedBytes)),
                ("unattestedPersons", Value.Of(content.UnattestedPersons)))),
            ("exposure", Record(
                ("persons", Value.Of(situation.Exposure.Persons)), ("records", Value.Of(situation.Exposure.Records)),
                ("locations", Value.Of(situation.Exposure.Locations)))),
            ("seats", Set("Seat", situation.FilledSeats.Select(seat => seat.ToString()))),
            ("claimed", Record(
                ("purpose", One("Purpose", said.Purpose)), ("origin", One("Origin", said.Origin)),
                ("jurisdiction", One("Jurisdiction", said.Jurisdiction)), ("acquisition", One("Acquisition", said.Acquisition)),
                ("consent", One("Consent", said.Consent)), ("environment", One("Environment", said.Environment)),
                ("authority", One("LegalBasis", said.Authority)), ("classes", said.Classes is null ? null : Set("DataClass", said.Classes)),
                ("human", said.Human is { } human ? Value.Of(human) : null))),
            ("signals", Record(
                ("persons", Number(seen.Persons)), ("records", Number(seen.Records)), ("locations", Number(seen.Locations)),
                ("phrases", seen.Phrases is null ? null : Value.Set(seen.Phrases.Select(Value.Of))))));
    }

    private EntityStore Entities(Subject subject) => EntityStore.Create(
    [
        .. agreement.Vocabulary.Schema.ActionEntities,
        .. agreement.Deployments.Select(d => d.Customer).Distinct().Select(name => new Entity(Uid("Customer", name))),
        .. agreement.Deployments.Select(d => new Entity(Uid("Deployment", d.Name), parents: [Uid("Customer", d.Customer)])),
        .. agreement.Providers.Select(provider => new Entity(Uid("Provider", provider.Name))),
        new Entity(Uid("Principal", subject.Principal), parents: [Uid("Deployment", subject.Deployment)]),
        subject switch
        {
            Subject.Invoke invoke => new Entity(Uid("Model", invoke.Model), parents: [Uid("Provider", invoke.Provider)]),
            var act => new(Uid("Tool", ((Subject.Act)act).Tool), Record(("effect", One("EffectClass", ((Subject.Act)act).Effect.Name)))),
        },
    ]);

    private EntityValue? One(string list, string? word) => word is null ? null : Value.Of(Uid(
        list,
        agreement.Vocabulary.HasValue(list, word) ? word
        : list switch { "Environment" => "unattested", "EffectClass" => "kinetic", _ => "unknown" }));

    private SetValue Set(string list, IEnumerable<string> words) => Value.Set(words.Select(word => One(list, word)!));

    private static LongValue? Number(long? count) => count is { } number ? Value.Of(number) : null;

    private static RecordValue Record(params (string Name, Value? Value)[] fields) =>
        Value.Record(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));

    private static EntityUid Uid(string type, string id) => new("Holdpoint::" + type, id);
}
