using System.Collections.Concurrent;
using System.Collections.Immutable;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Agreements;

/// <summary>
/// The entities of an agreement together with those of one subject. Nearly every call of a principal has the same entities, so the stores
/// are kept. Thread-safe.
/// </summary>
internal sealed class SubjectStores
{
    // A principal's pairs of model and deployment are few. Beyond this many a store is built for the call alone: a caller who invents
    // names must not fill the memory.
    private const int MaxKept = 4096;

    private readonly ImmutableArray<Entity> _shared;
    private readonly ConcurrentDictionary<Subject, EntityStore> _kept = new();
    private readonly Vocabulary _vocabulary;
    private readonly EntityValidator _validator;
    private int _count;

    public SubjectStores(AgreementFacts facts, Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _validator = new EntityValidator(vocabulary.Schema);
        _shared =
        [
            .. vocabulary.Schema.ActionEntities,
            .. facts.Parties.Where(party => party.Role == PartyRole.Customer).Select(party => new Entity(Uid("Customer", party.Name))),
            .. facts.Deployments.Select(d => new Entity(Uid("Deployment", d.Name), parents: [Uid("Customer", d.Customer)])),
            .. facts.Providers.Select(provider => new Entity(Uid("Provider", provider.Name))),
            .. facts.Issuers.All.Select(issuer => new Entity(Uid("Issuer", issuer.Name))),
        ];
    }

    public static EntityUid PrincipalOf(Subject subject) => Uid("Principal", subject.Principal);

    public static EntityUid ActionOf(Subject subject) => Uid("Action", subject is Subject.Invoke ? "invoke" : "act");

    public static EntityUid ResourceOf(Subject subject) =>
        subject is Subject.Invoke invoke ? Uid("Model", invoke.Model) : Uid("Tool", ((Subject.Act)subject).Tool);

    /// <summary>
    /// The store; null when the store does not conform to the vocabulary or refers to a missing entity, which only a bug can cause.
    /// </summary>
    public EntityStore? For(Subject subject)
    {
        if (_kept.TryGetValue(subject, out var store))
        {
            return store;
        }

        store = EntityStore.Create(
            [.. _shared, new Entity(PrincipalOf(subject), parents: [Uid("Deployment", subject.Deployment)]), Resource(subject)]);
        if (!_validator.Validate(store).IsEmpty || !_validator.FindDangling(store).IsEmpty)
        {
            return null;
        }

        if (Volatile.Read(ref _count) < MaxKept && _kept.TryAdd(subject, store))
        {
            Interlocked.Increment(ref _count);
        }

        return store;
    }

    private Entity Resource(Subject subject) => subject switch
    {
        Subject.Invoke invoke => new(ResourceOf(subject), parents: [Uid("Provider", invoke.Provider)]),
        _ => new(
            ResourceOf(subject),
            Value.Record(new KeyValuePair<string, Value>(
                "effect", _vocabulary.ValueOrWorst("EffectClass", ((Subject.Act)subject).Effect.Name)))),
    };

    private static EntityUid Uid(string type, string id) => new("Holdpoint::" + type, id);
}
