namespace Holdpoint.Policy.Validation.Levels;

/// <summary>
/// The entities that policies of a level can look at for a request: a service that keeps its entities elsewhere loads these and no others.
/// </summary>
public static class EntitySlice
{
    /// <summary>The slice of a store that is there as a whole.</summary>
    /// <inheritdoc cref="Load"/>
    public static EntityStore Of(Request request, EntityStore entities, int level)
    {
        ArgumentNullException.ThrowIfNull(entities);
        return Load(request, level, wanted => wanted.Select(u => entities.Find(Value.Of(u))).OfType<StoredEntity>().Select(Whole));
    }

    /// <summary>Loads a slice, one step from entity to entity at a time.</summary>
    /// <param name="request">The request. Its entities, and those that its context names, are the first.</param>
    /// <param name="level">
    /// The level of the policies, at least 0 (see
    /// <see cref="LevelValidator.LevelOf(PolicySet, Schema.CedarSchema)"/>); the number of rounds at most.
    /// </param>
    /// <param name="load">
    /// Called once for each round with entities that were not asked for before; gives those that exist. Their parents have to be
    /// <em>all</em> their ancestors, for ancestors are not loaded.
    /// </param>
    /// <exception cref="ArgumentException">What was loaded is no store: see <see cref="EntityStore.TryCreate"/>.</exception>
    public static EntityStore Load(Request request, int level, Func<IReadOnlyCollection<EntityUid>, IEnumerable<Entity>> load)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(load);
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        var asked = new HashSet<EntityUid>();
        var loaded = new List<Entity>();
        var next = new HashSet<EntityUid> { request.Principal, request.Action, request.Resource };
        Collect(request.Context, next);
        for (var round = 0; round < level && next.Count > 0; round++)
        {
            asked.UnionWith(next);
            Entity[] found = [.. load(next)];
            loaded.AddRange(found);
            next = [];
            foreach (var entity in found)
            {
                Collect(entity.Attributes, next);
                Collect(entity.Tags, next);
            }

            next.ExceptWith(asked);
        }

        return EntityStore.Create(loaded);
    }

    private static Entity Whole(StoredEntity stored) =>
        new(stored.Entity.Uid, stored.Entity.Attributes, stored.Ancestors.Select(a => a.Uid), stored.Entity.Tags);

    /// <summary>Adds the entities that a value names, at any depth.</summary>
    private static void Collect(Value value, HashSet<EntityUid> named)
    {
        switch (value)
        {
            case EntityValue { Uid: var uid }:
                named.Add(uid);
                break;
            case SetValue set:
                foreach (var element in set.Elements)
                {
                    Collect(element, named);
                }

                break;
            case RecordValue record:
                foreach (var (_, field) in record.Fields)
                {
                    Collect(field, named);
                }

                break;
        }
    }
}
