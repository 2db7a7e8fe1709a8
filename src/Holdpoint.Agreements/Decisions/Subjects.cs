using System.Collections.Immutable;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Agreements;

/// <summary>A subject as clauses see it.</summary>
/// <param name="Request">Principal, action and resource; the context is another in each decision.</param>
/// <param name="Action">What the vocabulary says of the action.</param>
/// <param name="Entities">The entities of the agreement, with those of the subject.</param>
/// <param name="IsSuspended">Whether the agreement suspends the deployment.</param>
internal sealed record KnownSubject(Request Request, ActionType Action, EntityStore Entities, bool IsSuspended);

/// <summary>
/// The subjects of an agreement. Nearly every call of a principal has the same subject, so that they are kept. Thread-safe.
/// </summary>
internal sealed class Subjects
{
    // A principal's pairs of model and deployment are few. A caller who invents names must not fill the memory.
    private const int MaxKept = 4096;

    private readonly ImmutableArray<Entity> _shared;
    private readonly Kept<Subject, KnownSubject> _kept = new(MaxKept);
    private readonly Vocabulary _vocabulary;
    private readonly EntityValidator _entities;
    private readonly RequestValidator _requests;

    public Subjects(AgreementFacts facts, Vocabulary vocabulary, RequestValidator requests)
    {
        _vocabulary = vocabulary;
        _entities = new EntityValidator(vocabulary.Schema);
        _requests = requests;
        _shared =
        [
            .. vocabulary.Schema.ActionEntities,
            .. facts.Parties.Where(party => party.Role == PartyRole.Customer).Select(party => new Entity(Uid("Customer", party.Name))),
            .. facts.Deployments.Select(d => new Entity(Uid("Deployment", d.Name), parents: [Uid("Customer", d.Customer)])),
            .. facts.Providers.Select(provider => new Entity(Uid("Provider", provider.Name))),
            .. facts.Issuers.All.Select(issuer => new Entity(Uid("Issuer", issuer.Name))),
        ];
    }

    /// <summary>The subject, if it is one that <see cref="Make"/> has made and kept; null says nothing about it.</summary>
    public KnownSubject? Find(Subject subject) => _kept.TryGet(subject, out var known) ? known : null;

    /// <summary>
    /// Makes a subject that is agreed, and keeps it; null when it or its entities do not conform to the vocabulary or refer to a missing
    /// entity, which only a bug can cause.
    /// </summary>
    public KnownSubject? Make(Subject subject, Deployment deployment)
    {
        var principal = new Entity(Uid("Principal", subject.Principal), parents: [Uid("Deployment", deployment.Name)]);
        var resource = Resource(subject);
        var entities = EntityStore.Create([.. _shared, principal, resource]);
        var action = Uid("Action", subject is Subject.Invoke ? "invoke" : "act");
        var request = new Request(principal.Uid, action, resource.Uid, RecordValue.Empty);
        return _requests.ValidateScope(request) is null
            && _entities.Validate(entities).IsEmpty && _entities.FindDangling(entities).IsEmpty
            ? _kept.Keep(subject, new(request, _vocabulary.Schema.Actions[action], entities, deployment.Suspended))
            : null;
    }

    private Entity Resource(Subject subject) => subject switch
    {
        Subject.Invoke invoke => new(Uid("Model", invoke.Model), parents: [Uid("Provider", invoke.Provider)]),
        Subject.Act act => new(
            Uid("Tool", act.Tool),
            Value.Record(new KeyValuePair<string, Value>("effect", _vocabulary.ValueOrWorst("EffectClass", act.Effect.Name)))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static EntityUid Uid(string type, string id) => new("Holdpoint::" + type, id);
}
