using Holdpoint.Policy;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>Requests and stores over a <see cref="SmallDomain"/>: all of them where they are few, else some at random.</summary>
internal sealed class SmallWorlds
{
    /// <summary>Most worlds of one principal, action and resource that are all tried.</summary>
    private static readonly long MostCounted = TestScale.Of(4_096, 20_000);

    private readonly SmallCase _case;
    private readonly SmallDomain _domain;
    private readonly string[] _ids;

    public SmallWorlds(SmallCase @case)
    {
        _case = @case;

        // One entity that policies name and one that they do not; a principal and a resource of one type may both be such.
        var areAlike = @case.Schema.Schema.Environments.Any(e => e.PrincipalType.Name == e.ResourceType.Name);
        _ids = @case.Schema.IsFinite && areAlike ? ["a", "b", "c"] : ["a", "b"];
        _domain = new(@case.Schema.Schema, _ids, @case.PolicyText);
    }

    /// <summary>
    /// Whether every request and store that the policies can tell apart is among the worlds; known when they were listed.
    /// </summary>
    public bool AreAll { get; private set; } = true;

    public IEnumerable<(Request Request, EntityStore Store)> List(Random random, int atRandom)
    {
        AreAll = _case.Schema.IsFinite;
        foreach (var environment in _case.Schema.Schema.Environments)
        {
            var pairs =
                from principal in _domain.IdsOf(environment.PrincipalType.Name)
                from resource in _domain.IdsOf(environment.ResourceType.Name)
                select (
                    Principal: new EntityUid(environment.PrincipalType.Name, principal),
                    Resource: new EntityUid(environment.ResourceType.Name, resource));
            var contexts = _domain.Attributes(environment.Action.Context);
            foreach (var (principal, resource) in pairs)
            {
                var entities = Entities(principal, resource);
                var count = entities.Aggregate((long)contexts.Count, (n, e) => Math.Min(MostCounted + 1, n * e.Count));
                AreAll &= count <= MostCounted;
                for (var i = 0L; i < (count <= MostCounted ? count : atRandom); i++)
                {
                    var rest = i;
                    var chosen = new List<Entity>(_case.Schema.Schema.ActionEntities);
                    var context = contexts[Digit(contexts.Count)];
                    chosen.AddRange(entities.Select(e => e.At(Digit(e.Count))));
                    if (EntityStore.TryCreate(chosen, out var store, out _))
                    {
                        yield return (new(principal, environment.Action.Uid, resource, context), store);
                    }

                    int Digit(int of)
                    {
                        if (count > MostCounted)
                        {
                            return random.Next(of);
                        }

                        var digit = (int)(rest % of);
                        rest /= of;
                        return digit;
                    }
                }
            }
        }
    }

    private List<SmallEntity> Entities(EntityUid principal, EntityUid resource)
    {
        List<EntityUid> all =
        [
            .. from type in _case.Schema.Schema.EntityTypes.Values.OrderBy(t => t.Name, StringComparer.Ordinal)
               where type.EnumIds is null
               from id in _ids
               select new EntityUid(type.Name, id),
        ];

        // Where no attribute is an entity, nothing can be read of others than these, and nothing can be in others.
        var read = _case.Schema.IsFinite ? all.Where(uid => uid == principal || uid == resource || _case.Names(uid)).ToList() : all;
        return [.. read.Select(uid => SmallEntity.Of(uid, _case.Schema.Schema.EntityTypes[uid.Type], _domain, read))];
    }
}
